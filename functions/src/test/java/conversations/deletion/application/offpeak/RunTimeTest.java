package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunTimeTest {

  private static final Duration FUNCTION_TIME = Duration.ofMinutes(15);

  private Instant wallClock = Instant.parse("2026-11-24T03:50:00Z");
  private long nanos = 1_000;
  private final Clocks clocks = new Clocks(() -> wallClock, () -> nanos, _ -> {});

  @Test
  void endsWithTheFunctionsTimeWhereThatComesFirst() {
    RunTime time = start("0-5");

    pass(Duration.ofMinutes(14));

    assertThat(time.left()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void endsWithTheWindowWhereThatComesFirst() {
    RunTime time = start("0-3");

    pass(Duration.ofMinutes(9));
    assertThat(time.left()).isEqualTo(Duration.ofMinutes(1));

    pass(Duration.ofMinutes(1));
    assertThat(time.left()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void runsAcrossMidnightWhereTheHoursDo() {
    wallClock = Instant.parse("2026-11-24T23:55:00Z");
    RunTime time = start("22-23,0-5");

    pass(Duration.ofMinutes(10));

    assertThat(time.left()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void hasNoTimeWhileTheWindowIsClosed() {
    assertThat(start("12").left()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void givesNoExtraTimeWhenTheClockIsSetBack() {
    RunTime time = start("0-3");

    pass(Duration.ofMinutes(10));
    wallClock = Instant.parse("2026-11-24T03:00:00Z");

    assertThat(time.left()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void endsAtOnceWhenTheClockIsSetForwardPastTheWindow() {
    RunTime time = start("0-3");

    wallClock = Instant.parse("2026-11-24T04:00:00Z");

    assertThat(time.left()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void endsWhenSpringSkipsTheRestOfTheWindow() {
    wallClock = Instant.parse("2026-03-29T00:55:00Z");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    RunTime time =
        new RunTime(new OffPeakWindow(OffPeakHours.parse("1-2"), berlin), clocks, FUNCTION_TIME);

    assertThat(time.left()).isEqualTo(Duration.ofMinutes(5));
  }

  private RunTime start(String hours) {
    return new RunTime(
        new OffPeakWindow(OffPeakHours.parse(hours), ZoneOffset.UTC), clocks, FUNCTION_TIME);
  }

  private void pass(Duration duration) {
    wallClock = wallClock.plus(duration);
    nanos += duration.toNanos();
  }
}
