package conversations.deletion.local.engine;

import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Attachments;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.aws.Buckets;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What lies beside a conversation's records in the bucket goes with them, and nothing else. */
class AttachmentsIT {

  private static final String LOCKED = "locked";

  @AutoClose private final Engine engine = new Engine();
  private boolean isUnlocked;

  @BeforeEach
  void useTheBucket() {
    engine.useBucket();
  }

  @Test
  void allVersionsMarkersAndUploadsOfAConversationGoAndNothingElse() {
    ConversationId one = engine.platform.conversation(40);
    ConversationId plain = engine.platform.conversation(3);
    ConversationId neighbour = engine.platform.conversation(7);
    engine.bucket.upload(one, "a//é 日本.wav");
    engine.bucket.upload(one, "transcript");
    engine.bucket.upload(one, "transcript");
    engine.bucket.mark(one, "transcript");
    engine.bucket.beginUpload(one, "image");
    engine.bucket.upload(neighbour, "transcript");
    engine.bucket.beginUpload(neighbour, "image");
    Census records = engine.platform.census();
    SortedSet<String> before = engine.bucket.census();
    DeletionJob job = engine.jobs.submit(one, plain);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(2).deleted(2).attachments(3).records(43));
    engine.platform.assertExactly(records, one, plain);
    assertThat(engine.bucket.census()).isEqualTo(engine.bucket.without(before, one));
    assertThat(engine.jobs.outcome(job, one).attachments().deleted()).isEqualTo(3);
  }

  @Test
  void aChannelUsersAttachmentsGoToo() {
    ConversationId one = engine.platform.conversation(5);
    engine.bucket.upload(one, 4);
    DeletionJob job = engine.jobs.submitUser();

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(1).deleted(1).attachments(4).records(5));
    assertThat(engine.bucket.census()).isEmpty();
  }

  @Test
  void aListedConversationWithAttachmentsAloneIsThereAndIsDeleted() {
    ConversationId one = new ConversationId("c-without-records");
    engine.bucket.upload(one, 2);
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(1).deleted(1).attachments(2).records(0));
    assertThat(engine.bucket.census()).isEmpty();
  }

  @Test
  void moreAttachmentsThanAPlanHasGoPlanByPlan() {
    ConversationId one = engine.platform.conversation(3);
    engine.bucket.upload(one, 2_100);
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(1).deleted(1).attachments(2_100).records(3));
    assertThat(engine.bucket.census()).isEmpty();
  }

  @Test
  void aRefusedVersionKeepsItsConversationsRecordsAndNoOtherConversations() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId free = engine.platform.conversation(5);
    engine.bucket.upload(held, LOCKED);
    engine.bucket.upload(held, "other");
    engine.bucket.upload(free, "other");
    Census records = engine.platform.census();
    engine.attachments = new Locked(engine.attachments);
    DeletionJob job = engine.jobs.submit(held, free);

    engine.run();

    JobState state = engine.jobs.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(state.retries().remaining()).isEqualTo(3);
    assertThat(state.counts())
        .isEqualTo(Counted.conversations(2).deleted(1).failed(1).attachments(2).records(5));
    JobConversation outcome = engine.jobs.outcome(job, held);
    assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(outcome.reason()).contains(Reason.ATTACHMENTS_REFUSED);
    engine.platform.assertExactly(records, free);
    assertThat(engine.bucket.versionsOf(held)).isEqualTo(1);

    isUnlocked = true;
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(2).deleted(2).attachments(3).records(10));
    assertThat(engine.bucket.census()).isEmpty();
  }

  @Test
  void aVersionThatStaysRefusedEndsItsJobAsPartiallyCompleted() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId free = engine.platform.conversation(5);
    engine.bucket.upload(held, LOCKED);
    engine.attachments = new Locked(engine.attachments);
    DeletionJob job = engine.jobs.submit(held, free);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().retries().remaining()).isZero();
    assertThat(engine.platform.census().records(engine.platform.key(held))).isEqualTo(5);
  }

  @Test
  void anIdThatNoCallerMayNameNeverMakesAPrefix() {
    ConversationId slash = new ConversationId("b/x");
    engine.platform.headerByHand(slash.value(), "2026-05-04T10:00:00.000Z");
    ConversationId fine = engine.platform.conversation(2);
    engine.bucket.upload(new ConversationId("b"), "x/recording");
    SortedSet<String> before = engine.bucket.census();
    DeletionJob job = engine.jobs.submitUser();

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(2).deleted(1).failed(1).records(2));
    assertThat(engine.jobs.outcome(job, slash).reason()).contains(Reason.ID_UNUSABLE);
    assertThat(engine.jobs.outcome(job, fine).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(engine.bucket.census()).isEqualTo(before);
  }

  @Test
  void whatIsUploadedWhileRecordsAreDeletedIsFoundByTheLastLook() {
    ConversationId one = engine.platform.conversation(5);
    engine.records =
        new WatchedRecords(engine.records).afterDelete(_ -> engine.bucket.upload(one, "late"));
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job).deletedAttachments()).isEqualTo(2);
    assertThat(engine.bucket.census()).isEmpty();
  }

  /** Versioning changes between the list and the delete, and between two looks. */
  @Test
  void versioningMayBeSuspendedMeanwhile() {
    ConversationId one = engine.platform.conversation(5);
    engine.bucket.upload(one, "recording");
    String name = engine.stack.attachmentsBucket().name();
    engine.records =
        new WatchedRecords(engine.records)
            .afterDelete(
                _ -> {
                  new Buckets(engine.stack.s3()).version(name, BucketVersioningStatus.SUSPENDED);
                  engine.bucket.upload(one, "recording");
                });
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.bucket.census()).isEmpty();
  }

  /** Refuses versions whose key has a certain name, until they are unlocked. */
  private final class Locked extends AttachmentsDecorator {

    Locked(Attachments real) {
      super(real);
    }

    @Override
    public DeletedAttachments delete(List<Attachment> attachments) {
      Map<Boolean, List<Attachment>> byLock =
          attachments.stream()
              .collect(partitioningBy(one -> !isUnlocked && one.key().endsWith(LOCKED)));
      DeletedAttachments answer =
          byLock.get(false).isEmpty()
              ? DeletedAttachments.ofNone(List.of())
              : super.delete(byLock.get(false));
      Map<Attachment, String> refused = new HashMap<>(answer.refused());
      byLock.get(true).forEach(one -> refused.put(one, "AccessDenied"));
      return new DeletedAttachments(answer.unprocessed(), refused);
    }
  }
}
