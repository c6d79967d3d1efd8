package conversations.deletion.domain;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One conversation of a job: its outcome so far, and what is planned for it.
 *
 * @param conversation its id
 * @param outcome its outcome so far
 * @param reason why it is not deleted; absent if there is no reason
 * @param deletedRecords its records that were planned and then found gone
 * @param planned records that were planned and not yet found gone; they count once they are found
 *     gone
 * @param plannedThrough the last record key of the plan, in key order; a worker that takes the plan
 *     over looks for planned records up to this key
 * @param scan how far it was read, if that took more than one reading and nothing is planned yet
 */
public record JobConversation(
    ConversationId conversation,
    Outcome outcome,
    Optional<Reason> reason,
    long deletedRecords,
    RecordFingerprints planned,
    Optional<String> plannedThrough,
    Optional<Scan> scan) {

  /** A conversation for which nothing was done yet. */
  public static JobConversation pending(ConversationId conversation) {
    return new JobConversation(
        conversation,
        Outcome.PENDING,
        Optional.empty(),
        0,
        RecordFingerprints.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** Tells whether deletes for it may have been sent. */
  public boolean isBegun() {
    return deletedRecords > 0 || !planned.isEmpty();
  }

  /** This conversation with more records planned. */
  public JobConversation plan(RecordFingerprints records, Optional<String> through) {
    Optional<String> last =
        Stream.concat(plannedThrough.stream(), through.stream()).max(RecordKeyOrder.INSTANCE);
    return with(Outcome.PENDING, Optional.empty())
        .withPlan(deletedRecords, planned.plus(records), last);
  }

  /**
   * A look has shown what remains of the plan: planned records that were not found are deleted.
   *
   * @param remaining the records found; they include all that remain up to the plan's end
   */
  public JobConversation seen(RecordFingerprints remaining) {
    RecordFingerprints stillPlanned = planned.intersect(remaining);
    long gone = planned.size() - stillPlanned.size();
    return withPlan(deletedRecords + gone, stillPlanned, plannedThrough);
  }

  /** All planned records were found gone, and more of the conversation is still to be planned. */
  public JobConversation commit() {
    return allGone().with(Outcome.PENDING, Optional.empty());
  }

  /** No record of it remains: what was planned is deleted, or there was nothing to delete. */
  public JobConversation gone() {
    return isBegun()
        ? allGone().with(Outcome.DELETED, Optional.empty())
        : allGone().with(Outcome.SKIPPED, Optional.of(Reason.NOT_FOUND));
  }

  /**
   * It could not be deleted. What remains of the plan stays planned, because a delete that was sent
   * may still take effect. The next attempt then counts it.
   *
   * @param remaining as for {@link #seen}
   */
  public JobConversation failed(Reason why, RecordFingerprints remaining) {
    return seen(remaining).failedUnseen(why);
  }

  /** It could not be deleted, and its records were not looked at: the reason lies elsewhere. */
  public JobConversation failedUnseen(Reason why) {
    return with(Outcome.FAILED, Optional.of(why));
  }

  /** It waits until it has been idle long enough. */
  public JobConversation stillOpen() {
    return withoutScan().with(Outcome.PENDING, Optional.of(Reason.STILL_OPEN));
  }

  /** It is read from its beginning again: much may have been written meanwhile. */
  private JobConversation withoutScan() {
    return withPlan(deletedRecords, planned, plannedThrough);
  }

  /** It was read as far as this, and is still to be planned. */
  public JobConversation scanned(Scan soFar) {
    return new JobConversation(
        conversation,
        Outcome.PENDING,
        reason,
        deletedRecords,
        planned,
        plannedThrough,
        Optional.of(soFar));
  }

  /**
   * Takes back the plan of a conversation of which all that is planned is still there, and nothing
   * is being deleted. It is planned anew.
   */
  public JobConversation unplanned() {
    return withPlan(deletedRecords, RecordFingerprints.NONE, Optional.empty());
  }

  /** Another job of the same run deleted it while this one waited for it. */
  public JobConversation deletedByAnotherJob() {
    return isBegun()
        ? gone()
        : allGone().with(Outcome.SKIPPED, Optional.of(Reason.DELETED_BY_ANOTHER_JOB));
  }

  /** It is tried again. */
  public JobConversation retried() {
    return withoutScan().with(Outcome.PENDING, reason);
  }

  /** All planned records were found gone. */
  private JobConversation allGone() {
    return withPlan(deletedRecords + planned.size(), RecordFingerprints.NONE, Optional.empty());
  }

  private JobConversation with(Outcome newOutcome, Optional<Reason> newReason) {
    return new JobConversation(
        conversation, newOutcome, newReason, deletedRecords, planned, plannedThrough, scan);
  }

  private JobConversation withPlan(
      long newDeletedRecords, RecordFingerprints newPlanned, Optional<String> newThrough) {
    return new JobConversation(
        conversation, outcome, reason, newDeletedRecords, newPlanned, newThrough, Optional.empty());
  }

  Counts counts() {
    return new Counts(
        1,
        outcome == Outcome.DELETED ? 1 : 0,
        outcome == Outcome.FAILED ? 1 : 0,
        outcome == Outcome.SKIPPED ? 1 : 0,
        deletedRecords);
  }
}
