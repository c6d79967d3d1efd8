package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import conversations.deletion.domain.Terms;
import conversations.deletion.domain.Volume;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryAttachments;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadingTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Instant FROM = NOW.minus(Duration.ofDays(30));
  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");

  private final List<Consistency> reads = new ArrayList<>();
  private final MemoryRecords records = new MemoryRecords(() -> NOW, Lags.NONE, 2_500);
  private final MemoryAttachments bucket = new MemoryAttachments(() -> NOW, 1_000);
  private Attachments attachments = Attachments.NONE;
  private OneJob job = new OneJob(JOB, List.of(ONE));

  /** The records of every conversation, if there are any. */
  private List<RecordHead> giant = List.of();

  @Test
  void theRestOfAConversationThatWasBegunIsReadConsistently() {
    write(ONE, "M", Chunk.MAX_PLANNED + 10);
    store(planned(ONE, List.of("gone", "M00000"), "M00000"));

    Reading reading = reading();
    Step step = reading.gather();
    reading.goOnWith(step.works().getFirst().rest().orElseThrow());
    reading.gather();

    assertThat(reads).containsExactly(Consistency.STRONG, Consistency.STRONG);
  }

  @Test
  void thePlansOfAFullChunkGrowNoMore() {
    List<String> refused =
        IntStream.range(0, Chunk.MAX_KEPT_PLANS + 1).mapToObj("gone%05d"::formatted).toList();
    write(ONE, "A", 3);
    write(ONE, "Z", 50);
    ConversationId other = new ConversationId("c-2");
    ConversationId young = new ConversationId("c-3");
    write(young, "M", 5);
    job = new OneJob(JOB, List.of(ONE, other, young));
    store(
        planned(ONE, List.of("gone", "A00000", "A00002"), "A00002"),
        planned(other, refused, "gone99999").failed(Reason.REFUSED),
        JobConversation.pending(young));

    Step step = reading().gather();

    assertThat(step.works()).extracting(Work::id).containsExactly(ONE);
    Work work = step.works().getFirst();
    assertThat(work.conversation().records().planned())
        .isEqualTo(Fingerprints.of(List.of("A00000", "A00001", "A00002")));
    assertThat(work.rest()).as("the rest comes once that is gone").isPresent();
    assertThat(step.decided())
        .extracting(JobConversation::conversation, JobConversation::outcome)
        .containsExactly(tuple(young, Outcome.FAILED));
  }

  @Test
  void aNewChunkGetsNoMoreThanItHoldsThoughAllOfThatWaitsForAnotherHand() {
    InHand inHand = job.inHand;
    Hand other = inHand.open(Jobs.queued(BOT, 2, NOW));
    Deque<JobConversation> found = new ArrayDeque<>();
    for (int i = 0; i < Chunk.MAX_CONVERSATIONS + 50; i++) {
      ConversationId id = new ConversationId("c-" + i);
      found.add(JobConversation.pending(id));
      other.take(id);
      other.keep(id, 0);
    }
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    Reading reading =
        Reading.ofNew(progress, inHand.open(JOB), reader(), found, Consistency.EVENTUAL);

    Step step = reading.gather();

    assertThat(step.isEmpty()).isTrue();
    assertThat(reading.later()).hasSize(Chunk.MAX_CONVERSATIONS);
    assertThat(found).as("for the next chunk").hasSize(50);
  }

  /** A read that may be behind would show what the other job has deleted. */
  @Test
  void aConversationOfWhichAnotherJobHasJustDeletedRecordsIsReadConsistently() {
    write(ONE, "M", 3);
    InHand inHand = job.inHand;
    inHand.open(Jobs.queued(BOT, 2, NOW)).deleted(ONE);
    Deque<JobConversation> found = new ArrayDeque<>(List.of(JobConversation.pending(ONE)));
    JobProgress progress = JobProgress.load(job.chunks, job.lease());

    Reading.ofNew(progress, inHand.open(JOB), reader(), found, Consistency.EVENTUAL).next();

    assertThat(reads).isNotEmpty().containsOnly(Consistency.STRONG);
  }

  @Test
  void aConversationWhoseHeadersNameDifferentUsersIsNobodysAndFails() {
    giant =
        Stream.of("u-1", "u-2")
            .map(
                user ->
                    new RecordHead(
                        "PARTICIPANT#" + user,
                        Optional.empty(),
                        Optional.of(
                            new SessionHeader(
                                Optional.of(new ChannelUserId(user)), Optional.of(FROM)))))
            .toList();

    Step step = stepOfThem();

    assertThat(step.works()).isEmpty();
    assertThat(step.decided())
        .extracting(JobConversation::reason)
        .containsExactly(Optional.of(Reason.USER_AMBIGUOUS));
  }

  /** A giant is scanned, which keeps no keys. Its header may lie anywhere. */
  @Test
  void aGiantIsNoneOfTheJobsOrFailsIfItsHeaderSaysSoWhereverThatIs() {
    for (String headerKey : List.of("0", "N", "ZZ")) {
      Step early = stepOfAGiant(headerKey, Optional.of(FROM.minusSeconds(1)));
      assertThat(early.dropped()).as(headerKey).containsExactly(ONE);
      assertThat(early.works()).as(headerKey).isEmpty();

      Step unknown = stepOfAGiant(headerKey, Optional.empty());
      assertThat(unknown.decided())
          .as(headerKey)
          .extracting(JobConversation::reason)
          .containsExactly(Optional.of(Reason.START_UNREADABLE));
      assertThat(unknown.works()).as(headerKey).isEmpty();

      assertThat(stepOfAGiant(headerKey, Optional.of(FROM)).works()).as(headerKey).hasSize(1);
    }
  }

  @Test
  void anAttachmentIsPlannedBeforeTheRecordsAreAndTheseAreKept() {
    attachments = bucket;
    write(ONE, "M", 3);
    bucket.put("st-1/c-1/a");

    Step step = reading().gather();

    assertThat(step.works()).hasSize(1);
    JobConversation planned = step.works().getFirst().conversation();
    assertThat(planned.attachments().planned().size()).isEqualTo(1);
    assertThat(planned.records()).isEqualTo(Plan.NONE);
    assertThat(step.works().getFirst().rest().orElseThrow().records()).hasSize(3);
  }

  @Test
  void aPlanOfWhichAllIsThereIsTakenBackIfItsWorkerGaveTheJobBack() {
    attachments = bucket;
    write(ONE, "M", 3);
    bucket.put("st-1/c-1/a");
    storeAndGiveBack(withAttachmentsPlanned());

    Step step = reading().gather();

    assertThat(step.decided())
        .extracting(JobConversation::isBegun)
        .as("it is read like any other, as it may be open again")
        .containsExactly(false);
    assertThat(step.works()).hasSize(1);
  }

  @Test
  void aPlanOfWhichAnAttachmentIsGoneIsNotTakenBack() {
    attachments = bucket;
    write(ONE, "M", 3);
    String gone = bucket.put("st-1/c-1/a");
    bucket.put("st-1/c-1/a");
    storeAndGiveBack(withAttachmentsPlanned());
    bucket.delete(
        bucket.list(BOT, ONE, Optional.empty()).versions().stream()
            .filter(one -> one.version().equals(gone))
            .toList());

    Step step = reading().gather();

    assertThat(step.works()).hasSize(1);
    assertThat(step.works().getFirst().conversation().attachments().deleted()).isEqualTo(1);
  }

  private JobConversation withAttachmentsPlanned() {
    List<Attachment> versions = bucket.list(BOT, ONE, Optional.empty()).versions();
    return JobConversation.pending(ONE)
        .plan(
            Store.ATTACHMENTS,
            Listed.fingerprints(versions),
            Optional.of(versions.getLast().key()));
  }

  /** The job has deleted it, and its index entry is still there. */
  @Test
  void whatIsUploadedToAConversationThatIsGoneDoesNotBringItBack() {
    attachments = bucket;
    bucket.put("st-1/c-1/late");
    job = new OneJob(ofAUser(), List.of());
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    Deque<JobConversation> found = new ArrayDeque<>(List.of(JobConversation.pending(ONE)));

    Step step = Reading.ofNew(progress, hand(), reader(), found, Consistency.STRONG).next();

    assertThat(step.works()).isEmpty();
    assertThat(step.dropped()).containsExactly(ONE);
  }

  @Test
  void aListedConversationWithAttachmentsAndNoRecordIsThere() {
    attachments = bucket;
    bucket.put("st-1/c-1/a");

    assertThat(reading().gather().works()).hasSize(1);
  }

  @Test
  void aConversationWhoseAttachmentsCannotBeToldFromAnothersFails() {
    attachments = bucket;
    ConversationId unusable = new ConversationId("c-1/x");
    write(unusable, "M", 1);
    job = new OneJob(JOB, List.of(unusable));

    Step step = reading().gather();

    assertThat(step.works()).isEmpty();
    assertThat(step.decided())
        .extracting(JobConversation::reason)
        .containsExactly(Optional.of(Reason.ID_UNUSABLE));
  }

  private static DeletionJob ofAUser() {
    return new DeletionJob(
        BOT,
        JOB.id(),
        JOB.requestedBy(),
        new ChannelUserConversations(
            new ChannelUserId("u-1"), new DateRange(FROM, NOW.minusSeconds(1))),
        NOW,
        JOB.state(),
        Optional.empty(),
        Terms.NONE);
  }

  private Step stepOfAGiant(String headerKey, Optional<Instant> startedAt) {
    int half = RecordReader.MOST_KEPT / 2 + 10;
    giant =
        Stream.concat(
                IntStream.range(0, 2 * half)
                    .mapToObj(i -> record((i < half ? "M%05d" : "Z%05d").formatted(i))),
                Stream.of(
                    new RecordHead(
                        headerKey,
                        Optional.empty(),
                        Optional.of(new SessionHeader(Optional.empty(), startedAt)))))
            .sorted(Comparator.comparing(RecordHead::recordKey))
            .toList();
    return stepOfThem();
  }

  private Step stepOfThem() {
    job = new OneJob(ofAUser(), List.of());
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    Deque<JobConversation> found = new ArrayDeque<>(List.of(JobConversation.pending(ONE)));
    return Reading.ofNew(progress, hand(), reader(), found, Consistency.EVENTUAL).next();
  }

  private static JobConversation planned(
      ConversationId conversation, List<String> keys, String through) {
    return JobConversation.pending(conversation)
        .plan(Store.RECORDS, Fingerprints.of(keys), Optional.of(through));
  }

  private void write(ConversationId conversation, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      records.write(BOT, conversation, record(prefix + "%05d".formatted(i)));
    }
  }

  private static RecordHead record(String key) {
    return new RecordHead(key, Optional.empty(), Optional.empty());
  }

  /** An earlier worker has left the job's chunk like this. */
  private void store(JobConversation... conversations) {
    JobProgress earlier = JobProgress.load(job.chunks, job.lease());
    OpenChunk chunk = OpenChunk.ofStored(earlier, 1);
    chunk.update(List.of(conversations));
    chunk.storePlan();
    job.pass(OneJob.TERM.plusSeconds(1));
  }

  /** The same, and the earlier worker has given the job back. */
  private void storeAndGiveBack(JobConversation conversation) {
    HeldLease lease = job.lease();
    OpenChunk chunk = OpenChunk.ofStored(JobProgress.load(job.chunks, lease), 1);
    chunk.update(List.of(conversation));
    chunk.storePlan();
    lease.release(lease.state(), Optional.of(job.now));
    job.pass(OneJob.TERM.plusSeconds(1));
  }

  private Reading reading() {
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    return Reading.of(OpenChunk.ofStored(progress, 1), hand(), reader(), Consistency.EVENTUAL);
  }

  private Hand hand() {
    return job.inHand.open(JOB);
  }

  private ConversationReader reader() {
    return new ConversationReader(
        new RecordReader(new WatchedReads(), job.clocks),
        new AttachmentReader(attachments),
        job.settings,
        job.clocks);
  }

  /** The records, with the consistency of each read noted. */
  private final class WatchedReads implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      reads.add(consistency);
      return giant.isEmpty()
          ? records.read(bot, conversation, after, limit, consistency)
          : pageOfTheGiant(after, limit);
    }

    private RecordPage pageOfTheGiant(Optional<String> after, int limit) {
      List<RecordHead> rest =
          giant.stream()
              .filter(one -> after.isEmpty() || one.recordKey().compareTo(after.get()) > 0)
              .toList();
      List<RecordHead> page = rest.subList(0, Math.min(limit, rest.size()));
      return new RecordPage(
          page,
          0,
          Volume.NONE,
          page.size() < rest.size() ? Optional.of(page.getLast().recordKey()) : Optional.empty());
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      return records.find(bot, wanted, after, limit);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> some) {
      return records.delete(some);
    }
  }
}
