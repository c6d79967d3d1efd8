package conversations.deletion.domain;

import java.util.Locale;

/** Why a conversation is not deleted. */
public enum Reason {
  /** It has no record: unknown, another bot's, already deleted or gone with retention. */
  NOT_FOUND,
  /**
   * Its last record is too young: a conversation must be idle for some time before it is deleted.
   */
  STILL_OPEN,
  /** A hold keeps it. */
  HELD,
  /** Holds on channel users stand, and nobody can tell whose it is. */
  USER_UNKNOWN,
  /** One of these two, and only those who may see holds may learn of it. */
  HELD_IN_CONFIDENCE,
  /** Another job of the same run deleted it. */
  DELETED_BY_ANOTHER_JOB,
  /** S3 refused to delete one of its attachments, so its records were left too. */
  ATTACHMENTS_REFUSED,
  /**
   * The index names it by an id that no caller may name. Its attachments can't be told from those
   * of another conversation.
   */
  ID_UNUSABLE,
  /** Several of its records are session headers, and they name different channel users. */
  USER_AMBIGUOUS,
  /** DynamoDB refused to delete one of its records, for a reason that lies in the record. */
  REFUSED,
  /** Only in jobs of an older version: DynamoDB did not take all of its deletes in ten attempts. */
  THROTTLED,
  /** Neither its start nor when its header was made can be read, so nobody knows if it is meant. */
  START_UNREADABLE,
  /**
   * The index has an entry for it whose key tells no conversation, so nothing can be read of it.
   */
  KEY_UNREADABLE,
  /** A writer added records as fast as they were deleted. */
  RECORDS_KEEP_COMING,
  /** Try after try at its job failed, for a reason of the job's own. */
  NO_PROGRESS,
  /** For days no run could get on with its job, because of trouble outside it. */
  UNAVAILABLE;

  /** Tells whether a hold is the reason. */
  public boolean isHold() {
    return this == HELD || this == USER_UNKNOWN || this == HELD_IN_CONFIDENCE;
  }

  /** Tells whether another window can bring no other result. */
  boolean isFinal() {
    return isHold()
        || this == STILL_OPEN
        || this == ID_UNUSABLE
        || this == USER_AMBIGUOUS
        || this == KEY_UNREADABLE;
  }

  /** The name that the API uses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no reason has that name
   */
  public static Reason of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
