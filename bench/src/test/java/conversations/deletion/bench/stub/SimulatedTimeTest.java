package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {

  @Test
  void hoursPassAtOnceAndInOrder() {
    SimulatedTime time = new SimulatedTime();
    long start = time.nanoTime();
    List<Integer> woken = new CopyOnWriteArrayList<>();

    time.run(
        () -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int hours : List.of(3, 1, 2)) {
              threads.submit(
                  () -> {
                    time.sleep(Duration.ofHours(hours));
                    return woken.add(hours);
                  });
            }
          }
          return null;
        });

    assertThat(woken).containsExactly(1, 2, 3);
    assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofHours(3));
  }
}
