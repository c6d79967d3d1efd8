package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts are exact: what a job planned and later found gone, each record once. */
final class CountPromises {

  private final World world;
  private final BeginPromises begins;
  private final Map<ConversationOfJob, Fingerprints> everPlanned = new HashMap<>();

  /** The lease under which all that was ever planned was there, and nothing was sent since. */
  private final Map<ConversationOfJob, Long> wholeUnder = new HashMap<>();

  /** Conversations whose header was planned, and taken out of the plan while it was still there. */
  private final Set<ConversationOfJob> withoutHeader = new HashSet<>();

  CountPromises(World world, BeginPromises begins) {
    this.world = world;
    this.begins = begins;
  }

  /**
   * A worker asks for a page. If all that was planned is there, this job has deleted none of it. So
   * as long as it sends no delete, the plan may be replaced, also by what another job has left.
   */
  void reading(Worker worker, ConversationId conversation) {
    ConversationOfJob key = new ConversationOfJob(worker.lease().job(), conversation);
    if (isWhole(key, world.platform.records().of(Platform.BOT, conversation))) {
      wholeUnder.put(key, worker.lease().fence());
    }
  }

  /** A worker sends a delete. */
  void sent(Worker worker, List<RecordId> records) {
    records.forEach(
        one -> wholeUnder.remove(new ConversationOfJob(worker.lease().job(), one.conversation())));
  }

  /** A chunk was stored. */
  void stored(LeasedJob lease, Chunk chunk) {
    DeletionJob job = lease.job();
    for (JobConversation one : chunk.conversations()) {
      ConversationOfJob key = new ConversationOfJob(job.ref(), one.conversation());
      List<RecordHead> remaining = world.platform.records().of(job.bot(), one.conversation());
      boolean wasWhole = wholeUnder.getOrDefault(key, 0L) == lease.fence();
      boolean mayBeDropped = !begins.isBegun(key) || wasWhole;
      if (one.records().deleted() == 0 && mayBeDropped) {
        everPlanned.remove(key); // An earlier plan was dropped before anything was deleted.
      }
      Fingerprints ever = everPlanned.merge(key, one.records().planned(), Fingerprints::plus);
      noteHeader(key, one, ever, remaining);
      int gone = ever.size() - ever.intersect(fingerprints(remaining)).size();
      assertThat(one.records().deleted())
          .as("records of %s counted, of those planned and gone", one.conversation())
          .isLessThanOrEqualTo(gone);
      if (one.outcome() == Outcome.DELETED || one.outcome() == Outcome.SKIPPED) {
        assertThat(remaining).as("left of %s, %s", one.conversation(), one.outcome()).isEmpty();
      }
    }
  }

  private void noteHeader(
      ConversationOfJob key, JobConversation one, Fingerprints ever, List<RecordHead> remaining) {
    Fingerprints header =
        fingerprints(remaining.stream().filter(RecordHead::isSessionHeader).toList());
    if (!header.intersect(one.records().planned()).isEmpty()) {
      withoutHeader.remove(key);
    } else if (!header.intersect(ever).isEmpty()) {
      withoutHeader.add(key);
    }
  }

  private boolean isWhole(ConversationOfJob key, List<RecordHead> remaining) {
    Fingerprints ever = everPlanned.getOrDefault(key, Fingerprints.NONE);
    return ever.intersect(fingerprints(remaining)).size() == ever.size();
  }

  private static Fingerprints fingerprints(Collection<RecordHead> records) {
    return Fingerprints.of(records.stream().map(RecordHead::recordKey).toList());
  }

  /** A job ends. */
  void ends(DeletionJob job, JobConversation one) {
    ConversationOfJob key = new ConversationOfJob(job.ref(), one.conversation());
    int planned =
        everPlanned.getOrDefault(key, Fingerprints.NONE).size()
            - (withoutHeader.contains(key) ? 1 : 0);
    if (one.outcome() == Outcome.DELETED) {
      assertThat(one.records().deleted())
          .as("records of %s counted, of those planned", one.conversation())
          .isEqualTo(planned);
    } else {
      assertThat(one.records().deleted() + one.records().planned().size())
          .as("records of %s counted or still planned, of those planned", one.conversation())
          .isEqualTo(planned);
    }
    if (job.state().status() == JobStatus.CANCELLED) {
      boolean isHalfDeleted =
          one.isBegun()
              && (one.outcome() == Outcome.PENDING
                  || one.outcome() == Outcome.FAILED && job.state().retries().remaining() > 0);
      assertThat(isHalfDeleted).as("%s is half deleted after a cancel", one).isFalse();
    } else {
      assertThat(one.outcome()).as("outcome at the end").isNotEqualTo(Outcome.PENDING);
    }
  }
}
