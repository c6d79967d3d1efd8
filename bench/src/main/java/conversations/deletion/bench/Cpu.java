package conversations.deletion.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The CPU time of this process, all its threads together: what else runs on the machine tells less
 * on it than on the time by the wall.
 */
final class Cpu {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Cpu() {}

  /** The CPU seconds that a task takes. */
  static double seconds(Runnable task) {
    long start = PROCESS.getProcessCpuTime();
    task.run();
    return (PROCESS.getProcessCpuTime() - start) / 1e9;
  }

  /**
   * Runs two tasks in turn and measures each of their rounds.
   *
   * @param warmUps rounds of both that are not measured
   */
  static Pair compare(int warmUps, int rounds, Runnable ours, Runnable reference) {
    List<Double> oursSeconds = new ArrayList<>();
    List<Double> referenceSeconds = new ArrayList<>();
    for (int round = -warmUps; round < rounds; round++) {
      double one = seconds(ours);
      double other = seconds(reference);
      if (round >= 0) {
        oursSeconds.add(one);
        referenceSeconds.add(other);
      }
    }
    return new Pair(median(oursSeconds), median(referenceSeconds));
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
