package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts are exact: what a job planned and later found gone, each record and attachment once. */
final class CountPromises {

  private final World world;
  private final BeginPromises begins;
  private final PlannedCounts ofRecords = new PlannedCounts("records");
  private final PlannedCounts ofAttachments = new PlannedCounts("attachments");

  /** Conversations whose header was planned, and taken out of the plan while it was still there. */
  private final Set<ConversationOfJob> withoutHeader = new HashSet<>();

  CountPromises(World world, BeginPromises begins) {
    this.world = world;
    this.begins = begins;
  }

  /** A worker asks for a page of records. */
  void reading(Worker worker, ConversationId conversation) {
    ofRecords.reading(
        new ConversationOfJob(worker.lease().job(), conversation),
        worker.lease().fence(),
        fingerprints(world.platform.records().of(Platform.BOT, conversation)));
  }

  /** A worker asks for a page of attachments. */
  void listing(Worker worker, ConversationId conversation) {
    ofAttachments.reading(
        new ConversationOfJob(worker.lease().job(), conversation),
        worker.lease().fence(),
        attachments(conversation));
  }

  /** A worker sends a delete of records. */
  void sent(Worker worker, Collection<ConversationId> conversations) {
    conversations.forEach(one -> ofRecords.sent(new ConversationOfJob(worker.lease().job(), one)));
  }

  /** A worker sends a delete of attachments. */
  void sentAttachments(Worker worker, Collection<ConversationId> conversations) {
    conversations.forEach(
        one -> ofAttachments.sent(new ConversationOfJob(worker.lease().job(), one)));
  }

  /** A chunk was stored. */
  void stored(LeasedJob lease, Chunk chunk) {
    DeletionJob job = lease.job();
    for (JobConversation one : chunk.conversations()) {
      ConversationOfJob key = new ConversationOfJob(job.ref(), one.conversation());
      List<RecordHead> remaining = world.platform.records().of(job.bot(), one.conversation());
      boolean isBegun = begins.isBegun(key);
      ofRecords.stored(key, lease.fence(), one.records(), isBegun, fingerprints(remaining));
      ofAttachments.stored(
          key, lease.fence(), one.attachments(), isBegun, attachments(one.conversation()));
      noteHeader(key, one, remaining);
      if (one.outcome() == Outcome.DELETED || one.outcome() == Outcome.SKIPPED) {
        assertThat(remaining).as("left of %s, %s", one.conversation(), one.outcome()).isEmpty();
      }
    }
  }

  private void noteHeader(ConversationOfJob key, JobConversation one, List<RecordHead> remaining) {
    Fingerprints header =
        fingerprints(remaining.stream().filter(RecordHead::isSessionHeader).toList());
    if (!header.intersect(one.records().planned()).isEmpty()) {
      withoutHeader.remove(key);
    } else if (!header.intersect(ofRecords.ever(key)).isEmpty()) {
      withoutHeader.add(key);
    }
  }

  private static Fingerprints fingerprints(Collection<RecordHead> records) {
    return Fingerprints.of(records.stream().map(RecordHead::recordKey).toList());
  }

  private Fingerprints attachments(ConversationId conversation) {
    return Fingerprints.of(
        world.platform.uploader().bucket().of(Platform.BOT, conversation).stream()
            .filter(one -> !one.isMarker())
            .map(AttachmentPromises::identity)
            .toList());
  }

  /** A job ends. */
  void ends(DeletionJob job, JobConversation one) {
    ConversationOfJob key = new ConversationOfJob(job.ref(), one.conversation());
    boolean isDeleted = one.outcome() == Outcome.DELETED;
    ofRecords.ends(key, one.records(), isDeleted, withoutHeader.contains(key) ? 1 : 0);
    ofAttachments.ends(key, one.attachments(), isDeleted, 0);
    if (job.state().status() == JobStatus.CANCELLED) {
      boolean isHalfDeleted =
          one.isBegun()
              && (one.outcome() == Outcome.PENDING
                  || one.outcome() == Outcome.FAILED
                      && !one.reason().equals(Optional.of(Reason.HELD))
                      && job.state().retries().remaining() > 0);
      assertThat(isHalfDeleted).as("%s is half deleted after a cancel", one).isFalse();
    } else {
      assertThat(one.outcome()).as("outcome at the end").isNotEqualTo(Outcome.PENDING);
    }
  }
}
