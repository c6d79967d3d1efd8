package conversations.deletion.client.command;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;

/** Bears a service that is away, or that asks for time, for a few requests in a row. */
final class Patience {

  /** After this many failed requests in a row, the command gives up. */
  private static final int MOST_FAILURES = 5;

  private int failures;

  /** The service has answered. */
  void answered() {
    failures = 0;
  }

  /** Tells whether the request is to be sent again. */
  boolean bears(Failure failure) {
    failures++;
    boolean passes = failure.retryAfter().isPresent() || failure.status() == ExitStatus.UNREACHABLE;
    return passes && failures < MOST_FAILURES;
  }
}
