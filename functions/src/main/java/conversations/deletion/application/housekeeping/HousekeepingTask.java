package conversations.deletion.application.housekeeping;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something that the housekeeping does in each of its runs. Two runs may be under way at once, so
 * what it does is safe to be begun twice.
 */
public interface HousekeepingTask {

  /** Names it in the log and in a run's answer. */
  String name();

  /**
   * Does what there is to do now.
   *
   * @param timeLeft how long the function may still run
   * @return how many things were done
   * @throws RuntimeException if not all could be done; the next run tries again
   */
  int run(Supplier<Duration> timeLeft);
}
