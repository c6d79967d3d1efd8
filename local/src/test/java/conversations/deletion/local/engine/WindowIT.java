package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No delete outside the off-peak window or past the end of the run. */
class WindowIT {

  @AutoClose private final Engine engine = new Engine();

  @BeforeEach
  void deleteOneAfterAnother() {
    engine.deleteConcurrency = 1;
  }

  @Test
  void sendsNoDeleteOutsideTheWindowAndGoesOnInTheNextOne() {
    Instant hour = beginAMinuteBeforeTheWindowCloses();
    List<Instant> deletes = new ArrayList<>();
    engine.records = WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(6), deletes);
    ConversationId one = engine.platform.conversation(600);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    Instant closing = hour.plus(Duration.ofHours(1));
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.jobs.state(job).scheduledAt()).isEqualTo(closing.plus(Duration.ofHours(23)));
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
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(600));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void aClockSetBackGivesNoExtraTime() {
    Instant hour = beginAMinuteBeforeTheWindowCloses();
    List<Instant> deletes = new ArrayList<>();
    engine.records =
        new WatchedRecords(WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(6), deletes))
            .afterDelete(_ -> engine.time.setWallClock(hour.plus(Duration.ofMinutes(30))));
    engine.jobs.submit(engine.platform.conversation(600));

    engine.run();

    assertThat(deletes).hasSizeLessThanOrEqualTo(9);
  }

  /** Returns when the window opened. */
  private Instant beginAMinuteBeforeTheWindowCloses() {
    Instant hour = engine.time.instant().truncatedTo(ChronoUnit.HOURS);
    engine.window = Engine.hourOf(hour);
    engine.time.advanceTo(hour.plus(Duration.ofMinutes(59)));
    return hour;
  }

  @Test
  void stopsBeforeTheFunctionsTimeIsUpAndLeavesTheRestQueued() {
    List<Instant> deletes = new ArrayList<>();
    engine.records = WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(5), deletes);
    ConversationId one = engine.platform.conversation(600);
    Census before = engine.platform.census();
    Instant start = engine.time.instant();
    DeletionJob job = engine.jobs.submit(one);

    engine.run(Duration.ofSeconds(60));

    assertThat(Duration.between(start, deletes.getLast()))
        .isLessThanOrEqualTo(Duration.ofSeconds(60).minus(Engine.DELETE_RESERVE));
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(600));
    engine.platform.assertExactly(before, one);
  }
}
