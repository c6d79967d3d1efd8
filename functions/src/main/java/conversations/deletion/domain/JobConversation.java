package conversations.deletion.domain;

import java.util.Optional;

/**
 * One conversation of a job: its outcome so far, and what is planned for it.
 *
 * <p>Its attachments are planned and deleted first. Its records are planned only once no attachment
 * is planned any more. Both are planned, looked for and counted by the same rules, those of {@link
 * Plan}.
 *
 * @param conversation its id
 * @param outcome its outcome so far
 * @param reason why it is not deleted; absent if there is no reason
 * @param attachments what is planned and deleted of its attachments
 * @param records what is planned and deleted of its records
 * @param retained its records that stay, as the last look at it saw them; 0 unless it is deleted
 * @param scan how far it was read, if that took more than one reading and nothing is planned yet
 * @param user whose it is, where the job does not say so and it was read: holds on channel users
 *     concern it even when its session header is gone
 */
public record JobConversation(
    ConversationId conversation,
    Outcome outcome,
    Optional<Reason> reason,
    Plan attachments,
    Plan records,
    long retained,
    Optional<Scan> scan,
    Optional<ChannelUserTag> user) {

  /** A conversation for which nothing was done yet. */
  public static JobConversation pending(ConversationId conversation) {
    return new JobConversation(
        conversation,
        Outcome.PENDING,
        Optional.empty(),
        Plan.NONE,
        Plan.NONE,
        0,
        Optional.empty(),
        Optional.empty());
  }

  /** Tells whether deletes for it may have been sent. */
  public boolean isBegun() {
    return attachments.isBegun() || records.isBegun();
  }

  /** Tells whether anything of it is known to be deleted. */
  public boolean hasDeleted() {
    return attachments.deleted() > 0 || records.deleted() > 0;
  }

  /** How many records and attachments are planned and not yet found gone. */
  public int plannedCount() {
    return attachments.planned().size() + records.planned().size();
  }

  /** What is planned and deleted of it in a store. */
  public Plan plan(Store store) {
    return switch (store) {
      case ATTACHMENTS -> attachments;
      case RECORDS -> records;
    };
  }

  /** This conversation with more planned in a store. */
  public JobConversation plan(Store store, Fingerprints more, Optional<String> through) {
    return with(Outcome.PENDING, Optional.empty()).with(store, plan(store).plus(more, through));
  }

  /**
   * A look has shown what remains of the plan in a store: what was not found is deleted.
   *
   * @param remaining what was found; it includes all that remains up to the plan's end
   */
  public JobConversation seen(Store store, Fingerprints remaining) {
    return with(store, plan(store).seen(remaining));
  }

  /** All that was planned in a store was found gone, and more is still to be planned. */
  public JobConversation commit(Store store) {
    return with(Outcome.PENDING, Optional.empty()).with(store, plan(store).allGone());
  }

  /** Takes back the plan in a store: what of it is still there is planned anew. */
  public JobConversation unplanned(Store store) {
    return with(store, plan(store).takenBack());
  }

  /**
   * Takes back the plans of a conversation of which all that is planned is still there, and nothing
   * is being deleted. It is planned anew.
   */
  public JobConversation unplanned() {
    return unplanned(Store.ATTACHMENTS).unplanned(Store.RECORDS);
  }

  /** Nothing of it remains: what was planned is deleted, or there was nothing to delete. */
  public JobConversation gone() {
    return isBegun()
        ? allGone().with(Outcome.DELETED, Optional.empty())
        : allGone().with(Outcome.SKIPPED, Optional.of(Reason.NOT_FOUND));
  }

  /**
   * Nothing of it remains but records that are retained. Only of a conversation that was deleted is
   * told how many these are.
   */
  public JobConversation goneBut(long retainedRecords) {
    JobConversation gone = gone();
    return gone.outcome == Outcome.DELETED ? gone.withRetained(retainedRecords) : gone;
  }

  /**
   * It could not be deleted. What remains of the plan stays planned, because a delete that was sent
   * may still take effect. The next attempt then counts it.
   */
  public JobConversation failed(Reason why) {
    return with(Outcome.FAILED, Optional.of(why));
  }

  /** It waits until it has been idle long enough. */
  public JobConversation stillOpen() {
    return withoutScan().with(Outcome.PENDING, Optional.of(Reason.STILL_OPEN));
  }

  /**
   * A hold keeps it. What remains of the plan stays planned, and it is read from its beginning once
   * the hold ends.
   */
  public JobConversation held(Reason why) {
    return withoutScan().with(Outcome.PENDING, Optional.of(why));
  }

  /** No hold keeps it any more. */
  public JobConversation freed() {
    return with(Outcome.PENDING, Optional.empty());
  }

  /** Tells whether a hold keeps it. */
  public boolean isHeld() {
    return outcome == Outcome.PENDING && reason.filter(Reason::isHold).isPresent();
  }

  /** It was read, and this is whose it is; absent if nobody can tell. */
  public JobConversation of(Optional<ChannelUserTag> whose) {
    return new JobConversation(
        conversation, outcome, reason, attachments, records, retained, scan, whose);
  }

  /** It is read from its beginning again: much may have been written meanwhile. */
  private JobConversation withoutScan() {
    return with(Store.RECORDS, records);
  }

  /** It was read as far as this, and is still to be planned. */
  public JobConversation scanned(Scan soFar) {
    return new JobConversation(
        conversation,
        Outcome.PENDING,
        reason,
        attachments,
        records,
        retained,
        Optional.of(soFar),
        user);
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

  /** All that was planned was found gone. */
  private JobConversation allGone() {
    return commit(Store.ATTACHMENTS).commit(Store.RECORDS);
  }

  private JobConversation with(Outcome newOutcome, Optional<Reason> newReason) {
    return new JobConversation(
        conversation, newOutcome, newReason, attachments, records, retained, scan, user);
  }

  private JobConversation with(Store store, Plan changed) {
    return new JobConversation(
        conversation,
        outcome,
        reason,
        store == Store.ATTACHMENTS ? changed : attachments,
        store == Store.RECORDS ? changed : records,
        retained,
        Optional.empty(),
        user);
  }

  private JobConversation withRetained(long count) {
    return new JobConversation(
        conversation, outcome, reason, attachments, records, count, scan, user);
  }

  Counts counts() {
    return new Counts(
        1,
        outcome == Outcome.DELETED ? 1 : 0,
        outcome == Outcome.FAILED ? 1 : 0,
        outcome == Outcome.SKIPPED ? 1 : 0,
        records.deleted(),
        attachments.deleted(),
        retained,
        isHeld() && reason.get() != Reason.HELD_IN_CONFIDENCE ? 1 : 0,
        isHeld() && reason.get() == Reason.HELD_IN_CONFIDENCE ? 1 : 0);
  }
}
