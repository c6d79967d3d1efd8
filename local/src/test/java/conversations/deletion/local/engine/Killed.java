package conversations.deletion.local.engine;

/** The end of a worker that no code of the worker gets to see: its process is gone. */
final class Killed extends Error {

  Killed() {
    super("killed", null, false, false);
  }

  static void now() {
    throw new Killed();
  }
}
