package conversations.deletion.config;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The timers by which the SDK's clients end calls that take too long. */
public final class CallTimers {

  private CallTimers() {}

  /**
   * Timers that are removed as soon as their call has ended. The SDK's own stay until their time is
   * up. With some thousand calls a second and a limit of seconds, that makes tens of thousands at a
   * time.
   */
  public static ScheduledExecutorService start() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }
}
