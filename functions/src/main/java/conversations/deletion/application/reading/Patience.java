package conversations.deletion.application.reading;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a run puts up with outages: by waiting a little rather than giving up its work. What it can't
 * wait for is left to a later run.
 *
 * <p>Safe for use by several threads.
 */
public final class Patience {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final Outages outages;
  private final Duration longest;
  private final Clocks clocks;
  private final OperatorLog log;

  /**
   * @param longest for how long a call is made again that fails for an outage
   */
  public Patience(Outages outages, Duration longest, Clocks clocks, OperatorLog log) {
    this.outages = outages;
    this.longest = longest;
    this.clocks = clocks;
    this.log = log;
  }

  /**
   * Tells whether a lease could not be renewed for an outage; logs it then.
   *
   * @param leased the fields of the log that name what is leased
   */
  public boolean isOutageOfRenewal(RuntimeException failure, Map<String, ?> leased) {
    boolean isOutage = outages.isOutage(failure);
    if (isOutage) {
      log.warn("lease_not_renewed", leased, failure);
    }
    return isOutage;
  }

  /**
   * Makes a call, and makes it again with growing pauses as long as it fails for an outage, and the
   * first failure is not too long ago.
   *
   * @param between runs before the call is made again; if it throws, the call is given up
   * @throws OutOfTimeException if the thread was interrupted
   * @throws RuntimeException what the call threw at last, or what {@code between} threw
   */
  public <T> T insist(Supplier<T> call, Runnable between) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return insist(call, between, e);
    }
  }

  private <T> T insist(Supplier<T> call, Runnable between, RuntimeException first) {
    long end = clocks.nanos() + longest.toNanos();
    Duration pause = FIRST_PAUSE;
    RuntimeException failure = first;
    while (outages.isOutage(failure) && end - clocks.nanos() >= pause.toNanos()) {
      clocks.pauseOrStop(pause);
      between.run();
      try {
        return call.get();
      } catch (RuntimeException e) {
        failure = e;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
    throw failure;
  }
}
