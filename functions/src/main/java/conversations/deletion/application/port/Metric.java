package conversations.deletion.application.port;

import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;

/**
 * The figures for dashboards and alarms.
 *
 * <p>Counters tell what has happened since the last report. Gauges tell what is the case now.
 */
public enum Metric {
  /** Jobs accepted. */
  JOBS_SUBMITTED("JobsSubmitted"),
  /** Jobs that a run picked up for the first time. */
  JOBS_STARTED("JobsStarted"),
  /** Jobs that ended without failures. */
  JOBS_COMPLETED("JobsCompleted"),
  /** Jobs that ended with failures, and deleted something. */
  JOBS_PARTIALLY_COMPLETED("JobsPartiallyCompleted"),
  /** Jobs that ended with failures, and deleted nothing. */
  JOBS_FAILED("JobsFailed"),
  /** Jobs that ended because a client app cancelled them. */
  JOBS_CANCELLED("JobsCancelled"),
  /** Times that a job was given back after an unexpected error. */
  JOBS_INTERRUPTED("JobsInterrupted"),
  /**
   * Times that a job's message was sent by a sweep: because it was lost, its worker had died, or
   * the job was to wait.
   */
  JOBS_SWEPT("JobsSwept"),
  /** Messages moved to the dead-letter queue. */
  MESSAGES_REJECTED("MessagesRejected"),
  /** Conversation records deleted, as jobs count them. */
  RECORDS_DELETED("RecordsDeleted"),
  /** Attachments deleted, as jobs count them. */
  ATTACHMENTS_DELETED("AttachmentsDeleted"),
  /** Conversations deleted, as jobs count them. */
  CONVERSATIONS_DELETED("ConversationsDeleted"),
  /**
   * Times that a record or an attachment had to be sent again: throttled, unprocessed, or without
   * an answer.
   */
  DELETES_THROTTLED("DeletesThrottled"),
  /**
   * Read units that reading conversation records, and finding them by their index, has consumed.
   */
  READ_UNITS_CONSUMED("ReadUnitsConsumed"),
  /** Write units that deleting conversation records has consumed, their index entries included. */
  WRITE_UNITS_CONSUMED("WriteUnitsConsumed"),
  /**
   * Moments at which a record, a channel user or a bot was made that the platform wrote in no form
   * that is read, and those of records that have none.
   */
  MOMENTS_UNREADABLE("MomentsUnreadable"),
  /** E-mails to owners that the e-mail service accepted. */
  OWNER_MAILS_SENT("OwnerMailsSent"),
  /** Attempts at an e-mail that failed, or had no answer, and will be made again. */
  OWNER_MAILS_FAILED("OwnerMailsFailed"),
  /** Of these, the attempts that fail until the operators have mended the account or its sender. */
  OWNER_MAILS_HELD_UP("OwnerMailsHeldUp"),
  /** E-mails given up that no owner has. */
  OWNER_MAILS_UNDELIVERABLE("OwnerMailsUndeliverable"),
  /** E-mails given up of which nobody knows whether the e-mail service took them. */
  OWNER_MAILS_UNCONFIRMED("OwnerMailsUnconfirmed"),
  /** Gauge: jobs that are accepted and have not ended. */
  OPEN_JOBS("OpenJobs"),
  /** Gauge: open jobs that have had all the windows that they are allowed. */
  OVERDUE_JOBS("OverdueJobs"),
  /**
   * Gauge: how long ago the oldest open job was accepted, or had waited as told or for holds; 0 if
   * none is open.
   */
  OLDEST_OPEN_JOB_AGE("OldestOpenJobAge", "Seconds"),
  /** Gauge: jobs of which nothing is left to do but what holds keep. */
  JOBS_ON_HOLD("JobsOnHold"),
  /** Gauge: jobs that ended long enough ago to forget whom they were about, and have not. */
  JOBS_TO_FORGET("JobsToForget"),
  /** Previews accepted. */
  PREVIEWS_SUBMITTED("PreviewsSubmitted"),
  /** Previews that ended and counted all. */
  PREVIEWS_COMPLETED("PreviewsCompleted"),
  /** Previews that ended and could not count all. */
  PREVIEWS_FAILED("PreviewsFailed"),
  /** Times that a preview's message was sent again, because it was lost or its worker had died. */
  PREVIEWS_SWEPT("PreviewsSwept"),
  /** Holds whose moment of review has passed, each counted once. */
  HOLDS_TO_REVIEW("HoldsToReview"),
  /** Requests whose token was refused. */
  TOKENS_REFUSED("TokensRefused"),
  /** Requests whose token could not be judged, because something failed. */
  TOKENS_NOT_JUDGED("TokensNotJudged");

  private final String text;
  private final String unit;

  Metric(String text) {
    this(text, "Count");
  }

  Metric(String text, String unit) {
    this.text = text;
    this.unit = unit;
  }

  /** The metric that counts the jobs with this end. */
  public static Metric ofEnd(JobStatus end) {
    return switch (end) {
      case COMPLETED -> JOBS_COMPLETED;
      case PARTIALLY_COMPLETED -> JOBS_PARTIALLY_COMPLETED;
      case FAILED -> JOBS_FAILED;
      case CANCELLED -> JOBS_CANCELLED;
      case QUEUED, IN_PROGRESS, ON_HOLD -> throw new IllegalArgumentException(end + " is no end");
    };
  }

  /** The metric that counts the attempts at an e-mail with this result. */
  public static Metric ofNotification(OwnerNotification.Status status) {
    return switch (status) {
      case SENT -> OWNER_MAILS_SENT;
      case PENDING -> OWNER_MAILS_FAILED;
      case UNDELIVERABLE -> OWNER_MAILS_UNDELIVERABLE;
      case UNCONFIRMED -> OWNER_MAILS_UNCONFIRMED;
      case NOT_DUE -> throw new IllegalArgumentException("no e-mail was due");
    };
  }

  /** The name under which CloudWatch keeps it. */
  public String text() {
    return text;
  }

  /** The unit, by CloudWatch's name for it. */
  public String unit() {
    return unit;
  }
}
