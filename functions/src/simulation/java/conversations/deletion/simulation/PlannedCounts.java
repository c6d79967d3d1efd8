package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.Plan;
import java.util.HashMap;
import java.util.Map;

/** What jobs ever planned of conversations in one store, and how much of that is gone. */
final class PlannedCounts {

  private final String what;
  private final Map<ConversationOfJob, Fingerprints> everPlanned = new HashMap<>();

  /** The lease under which all that was ever planned was there, and nothing was sent since. */
  private final Map<ConversationOfJob, Long> wholeUnder = new HashMap<>();

  /**
   * @param what what the store has
   */
  PlannedCounts(String what) {
    this.what = what;
  }

  /**
   * A worker asks for a page. If all that was planned is there, this job has deleted none of it. So
   * as long as it sends no delete, the plan may be replaced, also by what another job has left.
   */
  void reading(ConversationOfJob key, long fence, Fingerprints remaining) {
    Fingerprints ever = ever(key);
    if (ever.intersect(remaining).size() == ever.size()) {
      wholeUnder.put(key, fence);
    }
  }

  /** A worker sends a delete. */
  void sent(ConversationOfJob key) {
    wholeUnder.remove(key);
  }

  /** A plan was stored. */
  void stored(
      ConversationOfJob key, long fence, Plan plan, boolean isBegun, Fingerprints remaining) {
    boolean mayBeDropped = !isBegun || wholeUnder.getOrDefault(key, 0L) == fence;
    if (plan.deleted() == 0 && mayBeDropped) {
      everPlanned.remove(key); // An earlier plan was dropped before anything was deleted.
    }
    Fingerprints ever = everPlanned.merge(key, plan.planned(), Fingerprints::plus);
    int gone = ever.size() - ever.intersect(remaining).size();
    assertThat(plan.deleted())
        .as("%s of %s counted, of those planned and gone", what, key.conversation())
        .isLessThanOrEqualTo(gone);
  }

  /** All that was ever planned of it, but for plans of which nothing was deleted. */
  Fingerprints ever(ConversationOfJob key) {
    return everPlanned.getOrDefault(key, Fingerprints.NONE);
  }

  /**
   * A job ends.
   *
   * @param isDeleted whether all of the conversation is deleted
   * @param untold how many were taken out of the plan while they were still there
   */
  void ends(ConversationOfJob key, Plan plan, boolean isDeleted, int untold) {
    int planned = ever(key).size() - untold;
    if (isDeleted) {
      assertThat(plan.deleted())
          .as("%s of %s counted, of those planned", what, key.conversation())
          .isEqualTo(planned);
    } else {
      assertThat(plan.deleted() + plan.planned().size())
          .as("%s of %s counted or still planned, of those planned", what, key.conversation())
          .isEqualTo(planned);
    }
  }
}
