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
  /** DynamoDB did not take all of its deletes in the attempts that are allowed. */
  THROTTLED,
  /** A writer added records as fast as they were deleted. */
  RECORDS_KEEP_COMING,
  /** Run after run ended without any progress on its job. */
  NO_PROGRESS;

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
