package conversations.deletion.bench.stub;

import java.time.Duration;

/** For how long at least one delete was in flight, and the most that were in flight at a time. */
public final class InFlight {

  private int now;
  private int most;
  private long since;
  private long busyNanos;

  synchronized void begin(long at) {
    if (now++ == 0) {
      since = at;
    }
    most = Math.max(most, now);
  }

  synchronized void end(long at) {
    if (--now == 0) {
      busyNanos += at - since;
    }
  }

  public synchronized Duration busy() {
    return Duration.ofNanos(busyNanos);
  }

  public synchronized int most() {
    return most;
  }
}
