package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No delete outside the off-peak window or past the end of the run. */
class WindowIT {

  private Engine engine;

  @BeforeEach
  void start() {
    engine = new Engine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void sendsNoDeleteOutsideTheWindowAndGoesOnInTheNextOne() {
    Instant hour = engine.time.instant().truncatedTo(ChronoUnit.HOURS);
    engine.window = Engine.hourOf(hour);
    engine.time.advanceTo(hour.plus(Duration.ofMinutes(59)));
    List<Instant> deletes = new ArrayList<>();
    engine.records = WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(6), deletes);
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(600);
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    engine.run();

    Instant closing = hour.plus(Duration.ofHours(1));
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.state(job).scheduledAt()).isEqualTo(closing.plus(Duration.ofHours(23)));
    assertThat(deletes).isNotEmpty();

    engine.time.advance(Duration.ofHours(2));
    assertThat(engine.run().jobsWorkedOn()).as("closed").isZero();
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(deletes)
        .allSatisfy(
            at -> {
              assertThat(engine.window.isOpenAt(at)).isTrue();
              assertThat(Duration.between(at, engine.window.nextClosing(at)))
                  .isGreaterThanOrEqualTo(Engine.DELETE_RESERVE);
            });
    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 600));
    engine.assertExactly(before, one);
  }

  @Test
  void aClockSetBackGivesNoExtraTime() {
    Instant hour = engine.time.instant().truncatedTo(ChronoUnit.HOURS);
    engine.window = Engine.hourOf(hour);
    engine.time.advanceTo(hour.plus(Duration.ofMinutes(59)));
    List<Instant> deletes = new ArrayList<>();
    engine.records =
        new RecordsDecorator(WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(6), deletes)) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            List<RecordId> left = super.delete(bot, records);
            engine.time.setWallClock(hour.plus(Duration.ofMinutes(30)));
            return left;
          }
        };
    engine.deleteConcurrency = 1;
    engine.submit(engine.conversation(600));

    engine.run();

    assertThat(deletes).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void stopsBeforeTheFunctionsTimeIsUpAndLeavesTheRestQueued() {
    List<Instant> deletes = new ArrayList<>();
    engine.records = WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(5), deletes);
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(600);
    Census before = engine.census();
    Instant start = engine.time.instant();
    DeletionJob job = engine.submit(one);

    engine.run(Duration.ofSeconds(60));

    assertThat(Duration.between(start, deletes.getLast()))
        .isLessThanOrEqualTo(Duration.ofSeconds(60).minus(Engine.DELETE_RESERVE));
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 600));
    engine.assertExactly(before, one);
  }
}
