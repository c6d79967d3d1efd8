package conversations.deletion.application.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class KeepHouseTest {

  private final RecordedLog log = new RecordedLog();

  private static HousekeepingTask task(String name, ToIntFunction<Supplier<Duration>> work) {
    return new HousekeepingTask() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int run(Supplier<Duration> timeLeft) {
        return work.applyAsInt(timeLeft);
      }
    };
  }

  @Test
  void aTaskThatFailsIsLoggedAndStopsNoOther() {
    RuntimeException failure = new RuntimeException("out of reach");
    KeepHouse keepHouse =
        new KeepHouse(
            List.of(
                task(
                    "first",
                    _ -> {
                      throw failure;
                    }),
                task("second", timeLeft -> Math.toIntExact(timeLeft.get().toSeconds()))),
            log);

    KeepHouse.Summary summary = keepHouse.run(() -> Duration.ofSeconds(7));

    assertThat(summary).isEqualTo(new KeepHouse.Summary(Map.of("second", 7), false));
    assertThat(log.lines())
        .satisfiesExactly(
            line -> {
              assertThat(line.level()).isEqualTo("error");
              assertThat(line.event()).isEqualTo("housekeeping_failed");
              assertThat(line.fields()).isEqualTo(Map.of("task", "first"));
              assertThat(line.cause()).contains(failure);
            },
            line -> assertThat(line.event()).isEqualTo("housekeeping_ended"));
  }

  @Test
  void saysThatAllIsDoneWhereNoneFails() {
    KeepHouse keepHouse = new KeepHouse(List.of(task("only", _ -> 0)), log);

    assertThat(keepHouse.run(() -> Duration.ZERO))
        .isEqualTo(new KeepHouse.Summary(Map.of("only", 0), true));
  }
}
