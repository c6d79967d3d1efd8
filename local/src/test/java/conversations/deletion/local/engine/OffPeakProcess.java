package conversations.deletion.local.engine;

import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.config.Wiring;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;

/** The off-peak function as a process of its own, run after run, until the process is killed. */
final class OffPeakProcess {

  private static final Duration BETWEEN_RUNS = Duration.ofMillis(100);

  private OffPeakProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    RunOffPeakDeletions offPeak = new Wiring(System.getenv()).runOffPeakDeletions();
    while (true) {
      try {
        offPeak.run(Engine.FUNCTION_TIME);
      } catch (SdkException e) {
        // The schedule ticks again, as after a failed invocation.
        System.err.println("run failed: " + e.getMessage());
      }
      Thread.sleep(BETWEEN_RUNS);
    }
  }
}
