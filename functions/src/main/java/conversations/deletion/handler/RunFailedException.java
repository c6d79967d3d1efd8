package conversations.deletion.handler;

/**
 * Tells Lambda that a run failed. Lambda logs and traces an exception's text, which may be
 * anybody's, so it has neither cause nor stack trace. The log has both already, but for texts.
 */
final class RunFailedException extends RuntimeException {

  RunFailedException() {
    super("the run failed; a line before says why", null, false, false);
  }
}
