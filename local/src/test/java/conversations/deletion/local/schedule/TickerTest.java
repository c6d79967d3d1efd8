package conversations.deletion.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import conversations.deletion.local.template.ScheduleDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickerTest {

  private final List<Instant> fired = new CopyOnWriteArrayList<>();
  private Instant now;

  @ParameterizedTest(name = "{0} in {1} at {2}: {3}")
  @CsvSource({
    "* * * * ? *, UTC, 2026-05-08T12:34:00Z, true",
    "* 0-5 * * ? *, UTC, 2026-05-08T05:59:00Z, true",
    "* 0-5 * * ? *, UTC, 2026-05-08T06:00:00Z, false",
    "'* 22-23,0-5 * * ? *', UTC, 2026-05-08T23:00:00Z, true",
    "* 18 * * ? *, Europe/Berlin, 2026-05-08T16:30:00Z, true",
    "* 18 * * ? *, Europe/Berlin, 2026-05-08T18:30:00Z, false",
    // Spring: 02:00 to 02:59 does not happen.
    "* 2 * * ? *, Europe/Berlin, 2026-03-29T01:00:00Z, false",
    "* 3 * * ? *, Europe/Berlin, 2026-03-29T01:00:00Z, true",
    // Autumn: 02:00 to 02:59 happens twice and counts once.
    "* 2 * * ? *, Europe/Berlin, 2026-10-25T00:30:00Z, true",
    "* 2 * * ? *, Europe/Berlin, 2026-10-25T01:30:00Z, false"
  })
  void isDueAsEventBridgeSchedulerIs(String cron, String zone, Instant minute, boolean due) {
    assertThat(new CronSchedule(cron, ZoneId.of(zone)).isDue(minute)).isEqualTo(due);
  }

  @ParameterizedTest(name = "{0} in {1} after {2}: {3}")
  @CsvSource({
    "* * * * ? *, UTC, 2026-05-08T12:34:00Z, 2026-05-08T12:35:00Z",
    "* 0-5 * * ? *, UTC, 2026-05-08T05:59:30Z, 2026-05-09T00:00:00Z",
    // Autumn: after the last minute of the first such hour comes the next day's.
    "* 2 * * ? *, Europe/Berlin, 2026-10-25T00:59:00Z, 2026-10-26T01:00:00Z",
    "* * * * ? 2020, UTC, 2026-05-08T12:34:00Z, "
  })
  void tellsWhenItIsDueNext(String cron, String zone, Instant moment, Instant due) {
    assertThat(new CronSchedule(cron, ZoneId.of(zone)).nextDue(moment))
        .isEqualTo(Optional.ofNullable(due));
  }

  @Test
  void firesOncePerMinuteAndNamesTheMinute() {
    try (Ticker ticker = ticker("* 0-5 * * ? *")) {
      at(ticker, "2026-05-08T05:58:00.100Z");
      at(ticker, "2026-05-08T05:58:59.900Z");
      at(ticker, "2026-05-08T05:59:00.001Z");
      at(ticker, "2026-05-08T06:00:00Z");
    }

    await()
        .untilAsserted(
            () ->
                assertThat(fired)
                    .containsExactlyInAnyOrder(
                        Instant.parse("2026-05-08T05:58:00Z"),
                        Instant.parse("2026-05-08T05:59:00Z")));
  }

  private Ticker ticker(String cron) {
    ScheduleDefinition definition =
        new ScheduleDefinition(cron, ZoneId.of("UTC"), "Function", "{}");
    return Ticker.idle(definition, fired::add, () -> now);
  }

  private void at(Ticker ticker, String time) {
    now = Instant.parse(time);
    ticker.fireIfDue();
  }
}
