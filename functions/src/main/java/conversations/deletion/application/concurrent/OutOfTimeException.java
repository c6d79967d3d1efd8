package conversations.deletion.application.concurrent;

/** The run, or the lease, has too little time left for another delete. */
public final class OutOfTimeException extends RuntimeException {

  public OutOfTimeException() {
    super("too little time left for another delete");
  }

  public OutOfTimeException(InterruptedException cause) {
    super("interrupted", cause);
  }
}
