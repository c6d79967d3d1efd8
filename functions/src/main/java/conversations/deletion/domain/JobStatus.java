package conversations.deletion.domain;

import java.util.Locale;

/** The status of a job. */
public enum JobStatus {
  /** Waits for a run in the off-peak window, for the first time or for a later one. */
  QUEUED,
  /** A run works on it. */
  IN_PROGRESS,
  /** Nothing is left to do but what a hold keeps. This is no end. */
  ON_HOLD,
  /** Ended: no conversation failed. */
  COMPLETED,
  /** Ended: something was deleted and something failed. */
  PARTIALLY_COMPLETED,
  /** Ended: something failed and nothing was deleted. */
  FAILED,
  /** Ended: a cancel took effect before the end. */
  CANCELLED;

  /** The name that the API uses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no status has that name
   */
  public static JobStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Tells whether the job has ended, for good. */
  public boolean isEnd() {
    return switch (this) {
      case QUEUED, IN_PROGRESS, ON_HOLD -> false;
      case COMPLETED, PARTIALLY_COMPLETED, FAILED, CANCELLED -> true;
    };
  }

  /** The status with which a job of these counts ends, if it was not cancelled. */
  public static JobStatus endOf(Counts counts) {
    if (counts.failed() == 0) {
      return COMPLETED;
    }
    return counts.deletedInAll() == 0 ? FAILED : PARTIALLY_COMPLETED;
  }
}
