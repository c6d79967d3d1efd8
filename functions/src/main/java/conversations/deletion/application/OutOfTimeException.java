package conversations.deletion.application;

/** The run, or the lease, has too little time left for another delete. */
final class OutOfTimeException extends RuntimeException {

  OutOfTimeException() {
    super("too little time left for another delete");
  }

  OutOfTimeException(InterruptedException cause) {
    super("interrupted", cause);
  }
}
