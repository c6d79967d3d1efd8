package conversations.deletion.local.bugs;

/** A bug can't be seeded as its file describes it. */
final class UnfitBugException extends RuntimeException {

  UnfitBugException(String message) {
    super(message);
  }
}
