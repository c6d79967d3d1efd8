package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {

  /** With a contended monitor in place of the lock, one round of 135 went wrong on two cores. */
  private static final int ROUNDS = 500;

  @Test
  void hoursPassAtOnceAndInOrder() {
    SimulatedTime time = new SimulatedTime();
    long start = time.nanoTime();

    assertThat(wokenAfter(time, List.of(3, 1, 2))).containsExactly(1, 2, 3);
    assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void theClockWaitsForThreadsThatContendToSleep() {
    List<Integer> hours = IntStream.rangeClosed(1, 20).boxed().toList();

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(wokenAfter(new SimulatedTime(), hours.reversed()))
          .as("round %d", round)
          .isEqualTo(hours);
    }
  }

  /**
   * Starts a thread for each number, to sleep that many hours, and returns the order in which they
   * woke.
   */
  private static List<Integer> wokenAfter(SimulatedTime time, List<Integer> sleeps) {
    List<Integer> woken = new CopyOnWriteArrayList<>();
    return time.run(
        () -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int hours : sleeps) {
              threads.submit(
                  () -> {
                    time.sleep(Duration.ofHours(hours));
                    return woken.add(hours);
                  });
            }
          }
          return woken;
        });
  }
}
