package conversations.deletion.domain;

import java.util.Locale;

/** The status of a preview. */
public enum PreviewStatus {
  /** Waits for a run, for the first time or for a later one. */
  QUEUED,
  /** A run works on it. */
  IN_PROGRESS,
  /** Ended: all was counted. */
  COMPLETED,
  /** Ended: not all could be counted. */
  FAILED;

  /** Tells whether no run works on it any more. */
  public boolean isEnd() {
    return this == COMPLETED || this == FAILED;
  }

  /** The name that the API uses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no status has that name
   */
  public static PreviewStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
