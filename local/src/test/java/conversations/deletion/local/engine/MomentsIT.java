package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Platforms write moments in many forms. What is deleted depends on the moment, not on its form.
 */
class MomentsIT {

  @AutoClose private final Engine engine = new Engine();

  private final Instant now = engine.time.instant();
  private final Instant yesterday = now.minus(Duration.ofDays(1));

  /** A moment in forms that platforms use, beside the usual one. */
  private static List<String> forms(Instant moment) {
    LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return List.of(
        moment.plusNanos(456_000).toString(),
        moment.plusNanos(456_789).toString(),
        moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString(),
        utc + "+00:00",
        utc + "+0000",
        moment.atOffset(ZoneOffset.ofHours(2)).toString(),
        moment.atOffset(ZoneOffset.ofHours(14)).toString(),
        utc.toString(),
        utc.toString().replace('T', ' '),
        moment.toString().toLowerCase(Locale.ROOT),
        Long.toString(moment.toEpochMilli()),
        Long.toString(moment.getEpochSecond() + 1));
  }

  @Test
  void theFirstConversationOfAChannelUserIsDeletedHoweverItsStartIsWritten() {
    engine.platform.createUser(s(yesterday.plusNanos(123_000).toString()));
    List<String> starts = new ArrayList<>(forms(yesterday));
    starts.add(Timestamps.format(yesterday));
    starts.forEach(start -> engine.platform.headerByHand("at-" + start, start));

    DeletionJob closed = runUserJob();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(
            Counted.conversations(starts.size()).deleted(starts.size()).records(starts.size()));
    assertThat(engine.platform.census().conversations()).isEmpty();
  }

  @Test
  void aRangeHasTheSameConversationsHoweverTheChannelUsersCreationIsWritten() {
    List<AttributeValue> creations =
        new ArrayList<>(forms(yesterday).stream().map(MomentsIT::s).toList());
    creations.add(AttributeValue.fromN(Long.toString(yesterday.toEpochMilli())));
    creations.add(AttributeValue.fromN(Long.toString(yesterday.getEpochSecond())));
    for (AttributeValue creation : creations) {
      engine.anotherBot();
      engine.platform.createUser(creation);
      engine.platform.headerByHand("before", Timestamps.format(yesterday.minusSeconds(5)));
      engine.platform.headerByHand("in", Timestamps.format(yesterday.plusSeconds(5)));

      DeletionJob closed = runUserJob();

      assertThat(closed.state().counts())
          .as("%s", creation)
          .isEqualTo(Counted.conversations(1).deleted(1).records(1));
      assertThat(engine.platform.census().conversations().keySet())
          .contains(engine.platform.bot() + "#before")
          .doesNotContain(engine.platform.bot() + "#in");
    }
  }

  @Test
  void aConversationThatBeganAfterTheSubmissionStaysHoweverItsStartIsWritten() {
    Instant later = now.plus(Duration.ofMinutes(2));
    forms(later).forEach(start -> engine.platform.headerByHand("at-" + start, start));
    Census before = engine.platform.census();

    DeletionJob closed = runUserJob();

    assertThat(closed.state().counts().total()).isZero();
    engine.platform.assertExactly(before);
  }

  @Test
  void aConversationThatIsInUseStaysHoweverItsRecordsSayWhenTheyWereMade() {
    Instant live = now.minus(Duration.ofMinutes(1));
    List<AttributeValue> moments = new ArrayList<>(forms(live).stream().map(MomentsIT::s).toList());
    moments.add(AttributeValue.fromN(Long.toString(live.toEpochMilli())));
    moments.add(AttributeValue.fromN(live.getEpochSecond() + ".5"));
    List<ConversationId> conversations = new ArrayList<>();
    for (AttributeValue moment : moments) {
      ConversationId one = engine.platform.conversation(2);
      engine.platform.recordByHand(one, "TAG#live", Optional.of(moment));
      conversations.add(one);
    }
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(conversations.toArray(ConversationId[]::new));

    engine.run();

    engine.platform.assertExactly(before);
    assertThat(conversations)
        .allSatisfy(
            one -> assertThat(engine.jobs.outcome(job, one).reason()).contains(Reason.STILL_OPEN));
  }

  @Test
  void recordsThatDoNotTellWhenTheyWereMadeAreCountedAndNamedOnce() {
    List<Map<String, ?>> lines = new ArrayList<>();
    engine.log = new Warnings("records_undated", lines);
    ConversationId one = engine.platform.conversation(3);
    engine.platform.recordByHand(one, "TAG#1", Optional.of(s("04.05.2026 09:30")));
    engine.platform.recordByHand(one, "TAG#2", Optional.empty());
    ConversationId other = engine.platform.conversation(2);
    engine.platform.recordByHand(other, "TAG#1", Optional.of(AttributeValue.fromBool(true)));
    engine.platform.conversation(5);
    DeletionJob job = engine.jobs.submit(one, other);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(2).deleted(2).records(8));
    assertThat(engine.reported).containsEntry(Metric.MOMENTS_UNREADABLE, 3L);
    assertThat(lines).containsExactly(OperatorLog.of(job.ref(), Map.of("count", 3L)));
  }

  @Test
  void aConversationOfUnknownStartFailsAndSaysWhy() {
    engine.platform.headerByHand("unknown", "04.05.2026 09:30");
    engine.platform.headerByHand("known", Timestamps.format(yesterday));

    DeletionJob closed = runUserJob();

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(2).deleted(1).failed(1).records(1));
    assertThat(engine.jobs.outcome(closed, new ConversationId("unknown")))
        .satisfies(one -> assertThat(one.outcome()).isEqualTo(Outcome.FAILED))
        .satisfies(one -> assertThat(one.reason()).contains(Reason.START_UNREADABLE));
    assertThat(engine.platform.census().conversations()).hasSize(1);
  }

  @Test
  void aConversationWhoseStartWasMendedIsDeletedInALaterWindow() {
    engine.platform.headerByHand("one", "04.05.2026 09:30");
    DeletionJob job = engine.jobs.submitSettledUser();
    engine.run();
    assertThat(engine.jobs.counts(job).failed()).isEqualTo(1);
    engine.platform.headerByHand("one", Timestamps.format(yesterday));

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.platform.census().conversations()).isEmpty();
  }

  @Test
  void whenTheHeaderWasMadeStandsForAStartThatCannotBeRead() {
    ConversationId in = new ConversationId("in");
    ConversationId after = new ConversationId("after");
    ConversationId before = new ConversationId("before");
    engine.platform.createUser(s(Timestamps.format(yesterday)));
    engine.platform.headerByHand(in, "once", yesterday.plusSeconds(1));
    engine.platform.headerByHand(after, "once", now.plusSeconds(100));
    engine.platform.headerByHand(before, "once", yesterday.minusSeconds(1));

    DeletionJob closed = runUserJob();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(1));
    assertThat(closed.state().beforeStart()).contains(1L);
    assertThat(engine.platform.census().conversations().keySet())
        .containsExactlyInAnyOrder(engine.platform.key(after), engine.platform.key(before));
  }

  @Test
  void aJobTellsWhatLiesBeforeAStartThatNobodyNamed() {
    engine.platform.createUser(s(Timestamps.format(yesterday)));
    forms(yesterday.minusSeconds(10))
        .forEach(start -> engine.platform.headerByHand("before-" + start, start));
    engine.platform.headerByHand("in", Timestamps.format(yesterday));
    int before = forms(yesterday).size();

    DeletionJob closed = runUserJob();

    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(1));
    assertThat(closed.state().beforeStart()).contains((long) before);
    assertThat(engine.mails.getFirst().text().replaceAll("\\s+", " "))
        .contains(before + " earlier conversations of this channel user");
  }

  @Test
  void aJobTellsNothingOfWhatLiesBeforeAStartThatItsCallerNamed() {
    engine.platform.headerByHand("before", Timestamps.format(yesterday));
    DeletionJob job = engine.jobs.submitUser(Optional.of(now), Optional.empty());
    engine.time.advance(Duration.ofMinutes(5));

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().beforeStart()).isEmpty();
    assertThat(engine.mails.getFirst().text()).doesNotContain("earlier conversation");
  }

  /** Runs a job for all of the channel user's conversations, without dates. */
  private DeletionJob runUserJob() {
    return engine.runUntilClosed(engine.jobs.submitSettledUser());
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  /** Keeps the fields of one event's warnings. */
  private static final class Warnings implements OperatorLog {

    private final String event;
    private final List<Map<String, ?>> lines;

    Warnings(String event, List<Map<String, ?>> lines) {
      this.event = event;
      this.lines = lines;
    }

    @Override
    public void begin(Map<String, String> ids) {}

    @Override
    public void info(String step, Map<String, ?> fields) {}

    @Override
    public void error(String trouble, Map<String, ?> fields, Throwable cause) {}

    @Override
    public void warn(String warning, Map<String, ?> fields, Throwable cause) {
      if (warning.equals(event)) {
        lines.add(fields);
      }
    }
  }
}
