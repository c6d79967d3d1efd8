package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitOpenJobsTest {

  private static final BotId BOT = new BotId("st-1");

  private final RecordedLog log = new RecordedLog();
  private Instant now = Instant.parse("2026-05-08T12:00:00Z");
  private int open;
  private int counts;
  private RuntimeException failure;

  private final LimitOpenJobs limit =
      new LimitOpenJobs(
          (_, most) -> {
            counts++;
            if (failure != null) {
              throw failure;
            }
            return Math.min(open, most);
          },
          1000,
          60,
          () -> now,
          log);

  @Test
  void isReachedWithTheLastJobThatABotMayHave() {
    open = 999;
    assertThat(limit.isReached(BOT)).isFalse();
    open = 1000;
    assertThat(limit.isReached(BOT)).isTrue();
    open = 1001;
    assertThat(limit.isReached(BOT)).isTrue();
  }

  /** With 240 in a minute at most, 1,000 jobs can't come within four minutes. */
  @Test
  void countsNoMoreOftenThanNewJobsCanHaveUsedUpTheRoom() {
    limit.isReached(BOT);
    open = 960;
    now = now.plus(Duration.ofMinutes(4)).minusMillis(1);
    assertThat(limit.isReached(BOT)).isFalse();
    assertThat(counts).isEqualTo(1);

    now = now.plusMillis(1);
    limit.isReached(BOT);
    assertThat(counts).isEqualTo(2);
  }

  @Test
  void countsAtEachSubmissionNearTheLimit() {
    open = 761;
    limit.isReached(BOT);
    limit.isReached(BOT);

    assertThat(counts).isEqualTo(2);
  }

  @Test
  void countsEachBotForItself() {
    limit.isReached(BOT);
    limit.isReached(new BotId("st-2"));

    assertThat(counts).isEqualTo(2);
  }

  @Test
  void acceptsWhatItCantCountAndSaysSo() {
    failure = new IllegalStateException("the index is being made");

    assertThat(limit.isReached(BOT)).isFalse();
    assertThat(log.lines())
        .singleElement()
        .matches(line -> line.event().equals("open_jobs_not_counted"));
  }
}
