package conversations.deletion.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The CPU time of this process, all its threads together. Other programs on the machine affect it
 * less than they affect wall-clock time.
 */
final class Cpu {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /** The compiler counts as done with two tasks once its share of their time is this small. */
  private static final double SETTLED = 0.02;

  private static final int MAX_WARM_UPS = 20;

  private Cpu() {}

  /** The CPU seconds that a task takes. */
  static double seconds(Runnable task) {
    long start = PROCESS.getProcessCpuTime();
    task.run();
    return (PROCESS.getProcessCpuTime() - start) / 1e9;
  }

  /**
   * Runs two tasks in turn and measures each of their rounds, once the JVM's compiler is done with
   * both. In the first rounds the compiler takes more time than the tasks themselves. That time
   * grows with the code, not with the work.
   *
   * @param ours prepares a round, which is not measured, and returns the task to measure
   */
  static Pair compare(int rounds, Supplier<Runnable> ours, Supplier<Runnable> reference) {
    warmUp(ours, reference);
    List<Double> oursSeconds = new ArrayList<>();
    List<Double> referenceSeconds = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      oursSeconds.add(seconds(ours.get()));
      referenceSeconds.add(seconds(reference.get()));
    }
    return new Pair(median(oursSeconds), median(referenceSeconds));
  }

  private static void warmUp(Supplier<Runnable> ours, Supplier<Runnable> reference) {
    for (int round = 0; round < MAX_WARM_UPS; round++) {
      long compiledBefore = COMPILER.getTotalCompilationTime();
      double seconds = seconds(ours.get()) + seconds(reference.get());
      double compiled = (COMPILER.getTotalCompilationTime() - compiledBefore) / 1e3;
      if (compiled <= SETTLED * seconds) {
        return;
      }
    }
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The medians, in seconds. */
  record Pair(double ours, double reference) {}
}
