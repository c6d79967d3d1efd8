package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a job deletes: all that was asked for, and nothing else. */
class DeletionIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void deletesTheListedConversationsWholeAndNothingElse() {
    ConversationId one = engine.platform.conversation(40);
    ConversationId other = engine.platform.conversation(3);
    engine.platform.conversation(7);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one, other);

    engine.run();

    JobState state = engine.jobs.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.counts()).isEqualTo(Counted.conversations(2).deleted(2).records(43));
    engine.platform.assertExactly(before, one, other);
  }

  @Test
  void deletesOnlyTheChannelUsersConversationsThatStartedInTheRange() {
    Instant day = engine.time.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
    Instant lastOfDay = day.plus(Duration.ofDays(1)).minusMillis(1);
    ConversationId first = engine.platform.conversation(engine.platform.user, day, 5);
    ConversationId last = engine.platform.conversation(engine.platform.user, lastOfDay, 6);
    engine.platform.conversation(engine.platform.user, day.minusMillis(1), 2);
    engine.platform.conversation(engine.platform.user, lastOfDay.plusMillis(1), 2);
    engine.platform.conversation(new ChannelUserId("u-neighbour"), day, 4);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitUser(Optional.of(day), Optional.of(lastOfDay));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).deleted(2).records(11));
    engine.platform.assertExactly(before, first, last);
  }

  @Test
  void sparesConversationsThatBeganAfterTheJobsFixedEnd() {
    engine.platform.conversation(5);
    DeletionJob job = engine.jobs.submitUser();
    ConversationId later =
        engine.platform.conversation(engine.platform.user, engine.time.instant().plusMillis(1), 5);
    engine.time.advance(Duration.ofHours(1));

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(5));
    assertThat(engine.platform.census().records(engine.platform.key(later))).isEqualTo(5);
  }

  @Test
  void skipsListedConversationsThatAreNotThere() {
    ConversationId one = engine.platform.conversation(4);
    DeletionJob job = engine.jobs.submit(one, new ConversationId("unknown"));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(2).deleted(1).skipped(1).records(4));
  }

  @Test
  void completesWithZerosForAChannelUserNobodyKnows() {
    DeletionJob job = engine.jobs.submitUser();
    engine.time.advance(Duration.ofMinutes(2));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counts.NONE);
  }

  @Test
  void deletesTheSessionHeaderLastAndInARequestOfItsOwn() {
    List<List<String>> requests = new ArrayList<>();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeDelete(
                records -> requests.add(records.stream().map(RecordId::recordKey).toList()));
    engine.deleteConcurrency = 1;
    engine.jobs.submit(engine.platform.conversation(60));

    engine.run();

    assertThat(requests.getLast()).containsExactly("SESSION");
    assertThat(requests.subList(0, requests.size() - 1))
        .allSatisfy(request -> assertThat(request).doesNotContain("SESSION"));
  }

  @Test
  void deletesAConversationOfMoreRecordsThanOnePlanHolds() {
    ConversationId large = engine.platform.conversation(6_001);
    ConversationId small = engine.platform.conversation(2);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(small, large);

    engine.run();

    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(2).deleted(2).records(6_003));
    engine.platform.assertExactly(before, small, large);
  }

  @Test
  void sparesALargeConversationWhoseHeaderContradictsTheIndex() {
    ConversationId foreign = engine.platform.conversation(2_600);
    engine.platform.changeHeaderUser(foreign, new ChannelUserId("u-somebody-else"));
    ConversationId own = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, own);
  }
}
