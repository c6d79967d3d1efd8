package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.pool.AttachmentDeleter;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryAttachments;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations with attachments, deleted by a worker that nothing disturbs but writers. */
@Timeout(30)
class ErasedAttachmentsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId OTHER = new ConversationId("c-2");

  private final MemoryRecords records = new MemoryRecords(() -> NOW, Lags.NONE, 2_500);
  private final MemoryAttachments bucket = new MemoryAttachments(() -> NOW, 1_000);
  private final OneJob job = new OneJob(JOB, List.of(ONE, OTHER));
  private final List<String> deletes = new ArrayList<>();
  private String locked = "";
  private boolean isUploadRefused;
  private Duration aListTakes = Duration.ZERO;
  private Runnable afterFirstDeleteOfRecords = () -> {};

  @Test
  void attachmentsGoBeforeTheRecordsAndMarkersLast() {
    write(ONE, 3);
    bucket.put(key(ONE, "a"));
    bucket.put(key(ONE, "a"));
    bucket.hide(key(ONE, "a"));
    write(OTHER, 1);
    bucket.put(key(OTHER, "b"));

    Map<ConversationId, JobConversation> erased = erase();

    assertThat(erased.get(ONE).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(erased.get(ONE).attachments().deleted()).as("no marker counts").isEqualTo(2);
    assertThat(erased.get(ONE).records().deleted()).isEqualTo(4);
    assertThat(erased.get(OTHER).attachments().deleted()).isEqualTo(1);
    assertThat(deletes.subList(0, 4))
        .as("attachments, records, the header, the marker")
        .containsExactly("2 attachments", "3 records", "1 records", "1 attachments");
    assertNothingIsLeft();
  }

  @Test
  void findsWhatIsUploadedWhileRecordsAreDeleted() {
    write(ONE, 3);
    afterFirstDeleteOfRecords = () -> bucket.put(key(ONE, "late"));

    JobConversation erased = erase().get(ONE);

    assertThat(erased.outcome()).isEqualTo(Outcome.DELETED);
    assertThat(erased.attachments().deleted()).isEqualTo(1);
    assertNothingIsLeft();
  }

  @Test
  void aConversationWhoseAttachmentIsRefusedKeepsItsRecordsAndStopsNoOther() {
    write(ONE, 3);
    bucket.put(key(ONE, "a"));
    locked = key(ONE, "locked");
    bucket.put(locked);
    write(OTHER, 2);
    bucket.put(key(OTHER, "b"));

    Map<ConversationId, JobConversation> erased = erase();

    assertThat(erased.get(ONE).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(erased.get(ONE).reason()).contains(Reason.ATTACHMENTS_REFUSED);
    assertThat(erased.get(ONE).attachments().deleted()).isEqualTo(1);
    assertThat(erased.get(ONE).attachments().planned().size()).isEqualTo(1);
    assertThat(erased.get(ONE).records()).isEqualTo(Plan.NONE);
    assertThat(records.of(BOT, ONE)).hasSize(4);
    assertThat(erased.get(OTHER).outcome()).isEqualTo(Outcome.DELETED);
  }

  @Test
  void anUploadThatIsNotToBeAbortedFailsItsConversation() {
    write(ONE, 1);
    bucket.beginUpload(BOT, key(ONE, "a"));
    isUploadRefused = true;

    JobConversation erased = erase().get(ONE);

    assertThat(erased.reason()).contains(Reason.ATTACHMENTS_REFUSED);
    assertThat(erased.records().deleted()).isEqualTo(2);
  }

  @Test
  void moreThanAPlanHoldsIsDeletedPlanByPlanBeforeAnyRecord() {
    write(ONE, 3);
    for (int i = 0; i < 6_000; i++) {
      bucket.put(key(ONE, "a"));
    }

    JobConversation erased = erase().get(ONE);

    assertThat(erased.attachments().deleted()).isEqualTo(6_000);
    assertThat(deletes).startsWith("1000 attachments").endsWith("3 records", "1 records");
    assertThat(deletes.subList(0, 6)).containsOnly("1000 attachments");
    assertNothingIsLeft();
  }

  @Test
  void retainedRecordsStayAndAreTold() {
    write(ONE, 3);
    for (int i = 0; i < 3; i++) {
      records.writeRetained(BOT, ONE, record("A" + i));
      records.writeRetained(BOT, OTHER, record("A" + i));
    }

    Map<ConversationId, JobConversation> erased = erase();

    assertThat(erased.get(ONE).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(erased.get(ONE).retained()).isEqualTo(3);
    assertThat(erased.get(OTHER).outcome()).as("nothing but those").isEqualTo(Outcome.SKIPPED);
    assertThat(erased.get(OTHER).retained()).isZero();
    assertThat(records.all().values()).allSatisfy(left -> assertThat(left).hasSize(3));
  }

  private void assertNothingIsLeft() {
    for (ConversationId one : List.of(ONE, OTHER)) {
      assertThat(records.of(BOT, one)).isEmpty();
      AttachmentLists.AttachmentPage page = bucket.list(BOT, one, Optional.empty());
      assertThat(page.versions()).isEmpty();
      assertThat(page.markers()).isEmpty();
      assertThat(bucket.uploads(BOT, one).uploads()).isEmpty();
    }
  }

  private static String key(ConversationId conversation, String name) {
    return MemoryAttachments.prefix(BOT, conversation) + name;
  }

  private static RecordHead record(String key) {
    return new RecordHead(key, Optional.empty(), Optional.empty());
  }

  private void write(ConversationId conversation, int messages) {
    records.write(
        BOT,
        conversation,
        new RecordHead(
            "SESSION",
            Optional.empty(),
            Optional.of(new SessionHeader(Optional.empty(), Optional.empty()))));
    for (int i = 0; i < messages; i++) {
      records.write(BOT, conversation, record("M" + i));
    }
  }

  /** As under a prefix with a hundred thousand delete markers. It was read again for ever. */
  @Test
  void aConversationWhoseListTakesLongIsBegunAllTheSame() {
    write(ONE, 3);
    bucket.put(key(ONE, "a"));
    aListTakes = Duration.ofSeconds(10);

    JobConversation erased = erase().get(ONE);

    assertThat(erased.outcome()).isEqualTo(Outcome.DELETED);
    assertNothingIsLeft();
  }

  /** What S3 had refused must not count as deleted, as an operator takes the bucket away. */
  @Test
  void aPlanOfABucketThatIsNoLongerNamedDoesNotCount() {
    write(ONE, 3);
    HeldLease lease = job.lease();
    storePlanOf(lease, "v1", "v2");

    JobConversation erased = erase(lease, Attachments.NONE).get(ONE);

    assertThat(erased.outcome()).isEqualTo(Outcome.DELETED);
    assertThat(erased.attachments().deleted()).isZero();
    assertThat(erased.records().deleted()).isEqualTo(4);
  }

  @Test
  void aBegunConversationWhoseListTakesLongIsFinished() {
    write(ONE, 3);
    bucket.put(key(ONE, "a"));
    aListTakes = Duration.ofSeconds(10);
    HeldLease lease = job.lease();
    storePlanOf(lease, "gone");

    JobConversation erased = erase(lease, new WatchedAttachments()).get(ONE);

    assertThat(erased.outcome()).isEqualTo(Outcome.DELETED);
    assertThat(erased.attachments().deleted()).as("the one gone, and the one left").isEqualTo(2);
    assertNothingIsLeft();
  }

  /** An earlier attempt has planned these versions. */
  private void storePlanOf(HeldLease lease, String... versions) {
    JobConversation planned =
        JobConversation.pending(ONE)
            .plan(
                Store.ATTACHMENTS, Fingerprints.of(List.of(versions)), Optional.of(key(ONE, "a")));
    job.chunks.put(lease.lease(), new Chunk(JOB.id(), 1, 0, List.of(planned), Optional.empty()));
  }

  private Map<ConversationId, JobConversation> erase() {
    return erase(job.lease(), new WatchedAttachments());
  }

  private Map<ConversationId, JobConversation> erase(HeldLease lease, Attachments called) {
    ConversationRecords watched = new WatchedRecords();
    RecordDeleter deleter =
        new RecordDeleter(watched, job.settings.pool(), job.clocks, (_, _) -> {});
    job.recordsWithin = deleter::recordsWithin;
    ConversationReader reader =
        new ConversationReader(
            new RecordReader(watched, job.clocks),
            new AttachmentReader(called),
            job.settings,
            job.clocks);
    new ConversationEraser(
            reader,
            new PlannedDeletes(
                deleter,
                new AttachmentDeleter(called, _ -> false, job.clocks, (_, _) -> {}),
                reader,
                _ -> false,
                new RecordedLog()),
            job.inHand)
        .eraseShort(JobProgress.load(job.chunks, lease), 1);
    return job.chunks.of(JOB.id()).getFirst().conversations().stream()
        .collect(Collectors.toMap(JobConversation::conversation, one -> one));
  }

  /** The table, with each delete noted. */
  private final class WatchedRecords implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      return records.read(bot, conversation, after, limit, consistency);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      return records.find(bot, wanted, after, limit);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> some) {
      deletes.add(some.size() + " records");
      DeleteAnswer answer = records.delete(some);
      afterFirstDeleteOfRecords.run();
      afterFirstDeleteOfRecords = () -> {};
      job.pass(Duration.ofMillis(10));
      return answer;
    }
  }

  /** The bucket, with each delete noted. */
  private final class WatchedAttachments implements Attachments {

    @Override
    public boolean canBeOf(ConversationId conversation) {
      return bucket.canBeOf(conversation);
    }

    @Override
    public AttachmentPage list(
        BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
      job.pass(aListTakes);
      return bucket.list(bot, conversation, after);
    }

    @Override
    public DeletedAttachments delete(List<Attachment> attachments) {
      deletes.add(attachments.size() + " attachments");
      List<Attachment> refused =
          attachments.stream().filter(one -> one.key().equals(locked)).toList();
      bucket.delete(attachments.stream().filter(one -> !refused.contains(one)).toList());
      return new DeletedAttachments(
          List.of(), refused.stream().collect(Collectors.toMap(one -> one, _ -> "AccessDenied")));
    }

    @Override
    public UploadPage uploads(BotId bot, ConversationId conversation) {
      return bucket.uploads(bot, conversation);
    }

    @Override
    public void abort(Upload upload) {
      if (isUploadRefused) {
        throw new AttachmentRefusedException("AccessDenied");
      }
      bucket.abort(upload);
    }
  }
}
