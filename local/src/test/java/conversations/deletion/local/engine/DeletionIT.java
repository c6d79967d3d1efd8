package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job deletes: all that was asked for, and nothing else. */
class DeletionIT {

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
  void deletesTheListedConversationsWholeAndNothingElse() {
    ConversationId one = engine.conversation(40);
    ConversationId other = engine.conversation(3);
    engine.conversation(7);
    Census before = engine.census();
    DeletionJob job = engine.submit(one, other);

    engine.run();

    JobState state = engine.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.counts()).isEqualTo(new Counts(2, 2, 0, 0, 43));
    engine.assertExactly(before, one, other);
  }

  @Test
  void deletesOnlyTheChannelUsersConversationsThatStartedInTheRange() {
    Instant day = engine.time.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
    Instant lastOfDay = day.plus(Duration.ofDays(1)).minusMillis(1);
    ConversationId first = engine.conversation(engine.user, day, 5);
    ConversationId last = engine.conversation(engine.user, lastOfDay, 6);
    engine.conversation(engine.user, day.minusMillis(1), 2);
    engine.conversation(engine.user, lastOfDay.plusMillis(1), 2);
    engine.conversation(new ChannelUserId("u-neighbour"), day, 4);
    Census before = engine.census();
    DeletionJob job = engine.submitUser(Optional.of(day), Optional.of(lastOfDay));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 11));
    engine.assertExactly(before, first, last);
  }

  @Test
  void sparesConversationsThatBeganAfterTheJobsFixedEnd() {
    engine.conversation(5);
    DeletionJob job = engine.submitUser();
    ConversationId later = engine.conversation(engine.user, engine.time.instant().plusMillis(1), 5);
    engine.time.advance(Duration.ofHours(1));

    engine.runUntilClosed(job);

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 5));
    assertThat(engine.census().records(engine.bot + "#" + later)).isEqualTo(5);
  }

  @Test
  void skipsListedConversationsThatAreNotThere() {
    ConversationId one = engine.conversation(4);
    DeletionJob job = engine.submit(one, new ConversationId("unknown"));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 1, 0, 1, 4));
  }

  @Test
  void completesWithZerosForAChannelUserNobodyKnows() {
    DeletionJob job = engine.submitUser();
    engine.time.advance(Duration.ofMinutes(2));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(Counts.NONE);
  }

  @Test
  void deletesTheSessionHeaderLastAndInARequestOfItsOwn() {
    List<List<String>> requests = new ArrayList<>();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            requests.add(records.stream().map(RecordId::recordKey).toList());
            return super.delete(bot, records);
          }
        };
    engine.deleteConcurrency = 1;
    engine.submit(engine.conversation(60));

    engine.run();

    assertThat(requests.getLast()).containsExactly("SESSION");
    assertThat(requests.subList(0, requests.size() - 1))
        .allSatisfy(request -> assertThat(request).doesNotContain("SESSION"));
  }

  @Test
  void deletesAConversationOfMoreRecordsThanOnePlanHolds() {
    ConversationId large = engine.conversation(6_001);
    ConversationId small = engine.conversation(2);
    Census before = engine.census();
    DeletionJob job = engine.submit(small, large);

    engine.run();

    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 6_003));
    engine.assertExactly(before, small, large);
  }

  @Test
  void sparesALargeConversationWhoseHeaderContradictsTheIndex() {
    ConversationId foreign = engine.conversation(2_600);
    engine.changeHeaderUser(foreign, new ChannelUserId("u-somebody-else"));
    ConversationId own = engine.conversation(3);
    Census before = engine.census();
    DeletionJob job = engine.submitUser();
    engine.time.advance(Duration.ofMinutes(5));

    engine.runUntilClosed(job);

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 3));
    engine.assertExactly(before, own);
  }
}
