package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.RecordFingerprints;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts are exact: what a job planned and later found gone, each record once. */
final class CountPromises {

  private final World world;
  private final BeginPromises begins;
  private final Map<ConversationOfJob, RecordFingerprints> everPlanned = new HashMap<>();

  CountPromises(World world, BeginPromises begins) {
    this.world = world;
    this.begins = begins;
  }

  /** A chunk was stored. */
  void stored(DeletionJob job, Chunk chunk) {
    for (JobConversation one : chunk.conversations()) {
      ConversationOfJob key = new ConversationOfJob(job.ref(), one.conversation());
      List<RecordHead> remaining = world.platform.records().of(job.bot(), one.conversation());
      boolean mayBeDropped = !begins.isBegun(key) || !one.isBegun() && isWhole(key, remaining);
      if (one.deletedRecords() == 0 && mayBeDropped) {
        everPlanned.remove(key); // An earlier plan was dropped before anything was deleted.
      }
      RecordFingerprints ever = everPlanned.merge(key, one.planned(), RecordFingerprints::plus);
      int gone = ever.size() - ever.intersect(fingerprints(remaining)).size();
      assertThat(one.deletedRecords())
          .as("records of %s counted, of those planned and gone", one.conversation())
          .isLessThanOrEqualTo(gone);
      if (one.outcome() == Outcome.DELETED || one.outcome() == Outcome.SKIPPED) {
        assertThat(remaining).as("left of %s, %s", one.conversation(), one.outcome()).isEmpty();
      }
    }
  }

  private boolean isWhole(ConversationOfJob key, List<RecordHead> remaining) {
    RecordFingerprints ever = everPlanned.getOrDefault(key, RecordFingerprints.NONE);
    return ever.intersect(fingerprints(remaining)).size() == ever.size();
  }

  private static RecordFingerprints fingerprints(Collection<RecordHead> records) {
    return RecordFingerprints.of(records.stream().map(RecordHead::recordKey).toList());
  }

  /** A job ends. */
  void ends(DeletionJob job, JobConversation one) {
    RecordFingerprints ever =
        everPlanned.getOrDefault(
            new ConversationOfJob(job.ref(), one.conversation()), RecordFingerprints.NONE);
    if (one.outcome() == Outcome.DELETED) {
      assertThat(one.deletedRecords())
          .as("records of %s counted, of those planned", one.conversation())
          .isEqualTo(ever.size());
    } else {
      assertThat(one.deletedRecords() + one.planned().size())
          .as("records of %s counted or still planned, of those planned", one.conversation())
          .isEqualTo(ever.size());
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
