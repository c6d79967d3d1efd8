package conversations.deletion.domain;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is planned of a conversation in one store, its records or its attachments, and how much of
 * that is deleted.
 *
 * <p>Invariant: what was planned counts as deleted once it was found gone, and only once, because
 * the same step takes it out of the plan.
 *
 * @param deleted how many were planned and then found gone
 * @param planned those that were planned and not yet found gone
 * @param through the last key of the plan, in key order; a worker that takes the plan over looks
 *     for what was planned up to this key
 */
public record Plan(long deleted, Fingerprints planned, Optional<String> through) {

  /** Nothing was ever planned. */
  public static final Plan NONE = new Plan(0, Fingerprints.NONE, Optional.empty());

  /** Tells whether deletes may have been sent. */
  public boolean isBegun() {
    return deleted > 0 || !planned.isEmpty();
  }

  /** Tells whether all that is planned is still there. */
  public boolean isWithin(Fingerprints found) {
    return planned.intersect(found).size() == planned.size();
  }

  /** This plan and more. */
  Plan plus(Fingerprints more, Optional<String> lastKey) {
    Optional<String> last =
        Stream.concat(through.stream(), lastKey.stream()).max(KeyOrder.INSTANCE);
    return new Plan(deleted, planned.plus(more), last);
  }

  /**
   * A look has shown what remains: what was planned and not found is deleted.
   *
   * @param remaining what was found; it includes all that remains up to the plan's end
   */
  Plan seen(Fingerprints remaining) {
    Fingerprints stillPlanned = planned.intersect(remaining);
    return new Plan(deleted + planned.size() - stillPlanned.size(), stillPlanned, through);
  }

  /** All that was planned was found gone. */
  Plan allGone() {
    return new Plan(deleted + planned.size(), Fingerprints.NONE, Optional.empty());
  }

  /** The plan is taken back. */
  Plan takenBack() {
    return new Plan(deleted, Fingerprints.NONE, Optional.empty());
  }
}
