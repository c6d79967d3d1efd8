package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Retries;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a table of 25 write units a second, a job takes as long as the table needs, and no more. */
class SlowTableIT {

  @AutoClose private final Engine engine = new Engine();

  private final ConversationRecords quick = engine.records;
  private DeletionJob job;

  @BeforeEach
  void waitForTheNight() {
    engine.deleteConcurrency = 1;
    engine.window = new OffPeakWindow(OffPeakHours.parse("0-4"), ZoneOffset.UTC);
    engine.time.advanceTo(
        engine.time.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)));
  }

  @Test
  void tenThousandRecordsTakeAsLongAsTheTableNeeds() {
    SlowTable table = table(1, 0, 0);

    Duration took = deleteAllInOneNight(100, 100);

    assertThat(took).isBetween(Duration.ofSeconds(380), Duration.ofSeconds(460));
    assertFewAskedInVain(table);
  }

  @Test
  void useUpWhatTheTableHasSaved() {
    SlowTable table = table(1, SlowTable.MOST_SAVED, 0);

    Duration took = deleteAllInOneNight(100, 100);

    assertThat(took).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
    assertFewAskedInVain(table);
  }

  @Test
  void leaveThePlatformWhatItAsksFor() {
    SlowTable table = table(1, 0, 0.3);

    Duration took = deleteAllInOneNight(100, 50);

    assertThat(took).isLessThan(Duration.ofSeconds(340));
    assertThat(table.shareOfWritesTaken()).isGreaterThanOrEqualTo(0.95);
    assertFewAskedInVain(table);
  }

  @Test
  void recordsOfTwentyKilobytesTakeAsLongAsTheTableNeeds() {
    SlowTable table = table(20, 0, 0);

    Duration took = deleteAllInOneNight(100, 10);

    assertThat(took).isBetween(Duration.ofSeconds(780), Duration.ofSeconds(900));
    assertFewAskedInVain(table);
  }

  @Test
  void recordsOfFourHundredKilobytesTakeAsLongAsTheTableNeeds() {
    SlowTable table = table(400, 0, 0);

    Duration took = deleteAllInOneNight(20, 5);

    assertThat(took).isBetween(Duration.ofSeconds(1_580), Duration.ofSeconds(1_840));
    // A run begins with a request of 25 records, of which it knows nothing yet.
    assertThat(table.unitsRefused()).isLessThan(0.4 * table.unitsTaken());
  }

  @Test
  void goOnWithinSecondsAfterAnOutage() {
    SlowTable table = table(1, 0, 0);
    table.takesNothing(Duration.ofSeconds(100), Duration.ofSeconds(115));

    Duration took = deleteAllInOneNight(100, 50);

    assertThat(table.idleAfterOutage()).isLessThan(Duration.ofSeconds(8));
    assertThat(took).isLessThan(Duration.ofSeconds(245));
  }

  private SlowTable table(double unitsOfRecord, double saved, double platformShare) {
    SlowTable table = new SlowTable(quick, engine.time, unitsOfRecord, saved, platformShare);
    engine.records = table;
    return table;
  }

  /** Returns how long it took. */
  private Duration deleteAllInOneNight(int conversations, int recordsOfEach) {
    ConversationId[] all =
        Stream.generate(() -> engine.platform.conversation(recordsOfEach))
            .limit(conversations)
            .toArray(ConversationId[]::new);
    Census before = engine.platform.census();
    job = engine.jobs.submit(all);
    Instant begun = engine.time.instant();

    while (!engine.jobs.state(job).isClosed() && engine.window.isOpenAt(engine.time.instant())) {
      engine.run();
      engine.time.advance(Duration.ofSeconds(1));
    }

    JobState closed = engine.jobs.state(job);
    Duration took = Duration.between(begun, closed.completedAt().orElse(engine.time.instant()));
    assertThat(closed.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.counts())
        .isEqualTo(
            Counted.conversations(conversations)
                .deleted(conversations)
                .records((long) conversations * recordsOfEach));
    assertThat(closed.retries()).isEqualTo(Retries.initial());
    engine.platform.assertExactly(before, all);
    return took;
  }

  private static void assertFewAskedInVain(SlowTable table) {
    assertThat(table.unitsRefused()).isLessThanOrEqualTo(0.05 * table.unitsTaken());
  }
}
