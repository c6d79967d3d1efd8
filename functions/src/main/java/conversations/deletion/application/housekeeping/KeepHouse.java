package conversations.deletion.application.housekeeping;

import conversations.deletion.application.port.OperatorLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Does all tasks of the housekeeping, one after the other. One that fails stops no other. */
public final class KeepHouse {

  private final List<HousekeepingTask> tasks;
  private final OperatorLog log;

  public KeepHouse(List<HousekeepingTask> tasks, OperatorLog log) {
    this.tasks = List.copyOf(tasks);
    this.log = log;
  }

  /**
   * What a run has done.
   *
   * @param done how many things each task has done, by its name; a task that failed is missing
   * @param areAll whether no task failed
   */
  public record Summary(Map<String, Integer> done, boolean areAll) {}

  /**
   * Does one run.
   *
   * @param timeLeft how long the function may still run
   */
  public Summary run(Supplier<Duration> timeLeft) {
    Map<String, Integer> done = new LinkedHashMap<>();
    for (HousekeepingTask task : tasks) {
      try {
        done.put(task.name(), task.run(timeLeft));
      } catch (RuntimeException e) {
        log.error("housekeeping_failed", Map.of("task", task.name()), e);
      }
    }
    log.info("housekeeping_ended", done);
    return new Summary(done, done.size() == tasks.size());
  }
}
