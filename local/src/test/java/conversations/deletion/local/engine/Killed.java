package conversations.deletion.local.engine;

/** The end of a worker whose process is gone. No code of the worker gets to handle it. */
final class Killed extends Error {

  Killed() {
    super("killed", null, false, false);
  }

  static void now() {
    throw new Killed();
  }
}
