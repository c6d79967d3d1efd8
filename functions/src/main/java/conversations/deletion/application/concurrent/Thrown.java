package conversations.deletion.application.concurrent;

/** What one thread threw and another is to hear of. */
public final class Thrown {

  private Thrown() {}

  /**
   * Throws it again.
   *
   * @return never; so that a caller can say {@code throw}
   */
  public static RuntimeException again(Throwable thrown) {
    switch (thrown) {
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
  }
}
