package conversations.deletion.application.concurrent;

/** Passes what one thread threw on to another. */
public final class Thrown {

  private Thrown() {}

  /**
   * Throws it again.
   *
   * @return never; the type lets a caller write {@code throw}
   */
  public static RuntimeException again(Throwable thrown) {
    switch (thrown) {
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
  }
}
