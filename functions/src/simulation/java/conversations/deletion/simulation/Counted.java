package conversations.deletion.simulation;

import conversations.deletion.domain.Counts;

/**
 * Counts that a test expects, by name: {@code conversations(3).deleted(2).skipped(1).records(43)}.
 */
public final class Counted {

  private final long total;
  private long deleted;
  private long failed;
  private long skipped;
  private long attachments;
  private long retained;
  private long held;
  private long heldInConfidence;

  private Counted(long total) {
    this.total = total;
  }

  public static Counted conversations(long total) {
    return new Counted(total);
  }

  public Counted deleted(long count) {
    deleted = count;
    return this;
  }

  public Counted failed(long count) {
    failed = count;
    return this;
  }

  public Counted skipped(long count) {
    skipped = count;
    return this;
  }

  public Counted attachments(long count) {
    attachments = count;
    return this;
  }

  public Counted retained(long count) {
    retained = count;
    return this;
  }

  public Counted held(long count) {
    held = count;
    return this;
  }

  public Counted heldInConfidence(long count) {
    heldInConfidence = count;
    return this;
  }

  /** The counts, with this many records deleted. */
  public Counts records(long count) {
    return new Counts(
        total, deleted, failed, skipped, count, attachments, retained, held, heldInConfidence);
  }
}
