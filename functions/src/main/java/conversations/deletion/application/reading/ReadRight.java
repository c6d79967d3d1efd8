package conversations.deletion.application.reading;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.domain.BotId;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The right to read conversations of a bot, for a limited time.
 *
 * <p>Safe for use by several threads.
 */
public interface ReadRight {

  /** The bot whose conversations may be read. */
  BotId bot();

  /**
   * Makes a call, and makes it again with growing pauses as long as it fails for an outage. Renews
   * the right meanwhile.
   *
   * @throws OutOfTimeException if no time is left for that
   * @throws RuntimeException what the call threw, if it is no outage or lasts too long
   */
  <T> T insist(Supplier<T> call);

  /** The same for a call without a result. */
  default void insist(Runnable call) {
    insist(
        () -> {
          call.run();
          return null;
        });
  }

  /**
   * Renews the right if it is about to end. It may wait for a call that does so.
   *
   * @throws RuntimeException if the right could not be renewed, or is lost
   */
  void keepAlive();

  /**
   * Renews the right, and returns if there is time for another call.
   *
   * @throws OutOfTimeException if there is none
   */
  void requireTimeToRead();

  /** Tells whether there is time for another call after this long. */
  boolean hasTimeFor(Duration wait);
}
