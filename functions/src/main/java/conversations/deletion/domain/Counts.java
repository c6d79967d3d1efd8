package conversations.deletion.domain;

/**
 * How far the conversations of a job, or of a part of it, have come.
 *
 * <p>Invariant: {@code total = deleted + failed + skipped + }{@link #toDo()}, nothing is negative,
 * and no more is held than is still to do.
 *
 * @param total conversations found
 * @param deleted conversations deleted
 * @param failed conversations that could not be deleted
 * @param skipped conversations that were asked for but not found
 * @param deletedRecords conversation records deleted: distinct records that were planned and later
 *     found gone
 * @param deletedAttachments attachments deleted, counted in the same way
 * @param retainedRecords records left because of their type, as the last look at each deleted
 *     conversation saw them
 * @param held of those still to do, the conversations that a hold keeps
 * @param heldInConfidence of those still to do, further conversations that only confidential holds
 *     keep
 */
public record Counts(
    long total,
    long deleted,
    long failed,
    long skipped,
    long deletedRecords,
    long deletedAttachments,
    long retainedRecords,
    long held,
    long heldInConfidence) {

  /** Nothing found, nothing done. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if the invariant does not hold
   */
  public Counts {
    if (deleted < 0
        || failed < 0
        || skipped < 0
        || deletedRecords < 0
        || deletedAttachments < 0
        || retainedRecords < 0
        || held < 0
        || heldInConfidence < 0
        || total < deleted + failed + skipped + held + heldInConfidence) {
      throw new IllegalArgumentException("counts are negative, or add up to more than the total");
    }
  }

  /** So many conversations, of which nothing was done yet. */
  public static Counts ofFound(long conversations) {
    return new Counts(conversations, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** These counts, where so many conversations are known in all, if that is more. */
  public Counts ofAtLeast(long conversations) {
    return new Counts(
        Math.max(total, conversations),
        deleted,
        failed,
        skipped,
        deletedRecords,
        deletedAttachments,
        retainedRecords,
        held,
        heldInConfidence);
  }

  /** These counts, where what is still to do has failed. */
  public Counts restFailed() {
    return new Counts(
        total,
        deleted,
        failed + toDo(),
        skipped,
        deletedRecords,
        deletedAttachments,
        retainedRecords,
        0,
        0);
  }

  /** Conversations dealt with: deleted, failed or skipped. */
  public long processed() {
    return deleted + failed + skipped;
  }

  /** Records and attachments deleted. */
  public long deletedInAll() {
    return deletedRecords + deletedAttachments;
  }

  /** Conversations not yet dealt with. */
  public long toDo() {
    return total - processed();
  }

  /** These counts and those of another part. */
  public Counts plus(Counts other) {
    return new Counts(
        total + other.total,
        deleted + other.deleted,
        failed + other.failed,
        skipped + other.skipped,
        deletedRecords + other.deletedRecords,
        deletedAttachments + other.deletedAttachments,
        retainedRecords + other.retainedRecords,
        held + other.held,
        heldInConfidence + other.heldInConfidence);
  }

  /**
   * These counts with one part of them replaced.
   *
   * @param before the part's counts that they include now
   * @param after the part's counts to include instead
   */
  public Counts replacing(Counts before, Counts after) {
    return new Counts(
        total - before.total + after.total,
        deleted - before.deleted + after.deleted,
        failed - before.failed + after.failed,
        skipped - before.skipped + after.skipped,
        deletedRecords - before.deletedRecords + after.deletedRecords,
        deletedAttachments - before.deletedAttachments + after.deletedAttachments,
        retainedRecords - before.retainedRecords + after.retainedRecords,
        held - before.held + after.held,
        heldInConfidence - before.heldInConfidence + after.heldInConfidence);
  }
}
