package conversations.deletion.domain;

import java.util.Locale;

/** The outcome of one conversation of a job, so far. */
public enum Outcome {
  /** Not yet dealt with. */
  PENDING,
  /** No record of it remains. */
  DELETED,
  /** Could not be deleted; tried again in a later window while retries remain. */
  FAILED,
  /** Asked for, but not found. */
  SKIPPED;

  /** The name that the API uses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no outcome has that name
   */
  public static Outcome of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
