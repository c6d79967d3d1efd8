package conversations.deletion.application.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {

  @Test
  void aSingleLaneRunsTasksInTheThreadThatBringsThem() {
    List<Thread> threads = new ArrayList<>();

    try (Lanes lanes = new Lanes(1)) {
      lanes.run(() -> threads.add(Thread.currentThread()));
      lanes.join();
    }

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void runsAsManyTasksAtATimeAsThereAreLanesAndNoMore() {
    CountDownLatch threeRun = new CountDownLatch(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    try (Lanes lanes = new Lanes(3)) {
      for (int i = 0; i < 20; i++) {
        lanes.run(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              threeRun.countDown();
              awaitUninterrupted(threeRun);
              running.decrementAndGet();
            });
      }
      lanes.join();
    }

    assertThat(most).hasValue(3);
    assertThat(running).hasValue(0);
  }

  @Test
  void aThreadServesOneTaskAfterAnother() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    try (Lanes lanes = new Lanes(3)) {
      for (int i = 0; i < 20; i++) {
        lanes.run(() -> threads.add(Thread.currentThread()));
      }
      lanes.join();
    }

    assertThat(threads).hasSizeLessThanOrEqualTo(3).allMatch(Thread::isVirtual);
  }

  @Test
  void startsNoFurtherTaskOnceOneHasFailedAndTellsWhatItThrew() {
    AtomicInteger started = new AtomicInteger();

    try (Lanes lanes = new Lanes(2)) {
      lanes.run(
          () -> {
            throw new IllegalStateException("first");
          });
      assertThatThrownBy(
              () -> {
                lanes.join();
                lanes.run(started::incrementAndGet);
              })
          .hasMessage("first");
      assertThatThrownBy(() -> lanes.run(started::incrementAndGet)).hasMessage("first");
    }

    assertThat(started).hasValue(0);
  }

  @Test
  void noTaskOutlivesTheLanes() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () -> {
              try (Lanes lanes = new Lanes(2)) {
                lanes.run(
                    () -> {
                      awaitUninterrupted(go);
                      ended.incrementAndGet();
                    });
                go.countDown();
                throw new IllegalStateException("what brings the tasks fails");
              }
            })
        .hasMessage("what brings the tasks fails");

    assertThat(ended).hasValue(1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
