package conversations.deletion.domain;

import java.util.Locale;

/** Why a preview has failed. */
public enum PreviewFailure {
  /** The table of records or the bucket is not as this service needs it. */
  STORE_UNFIT,
  /** For an hour no run could get on with it, because of trouble outside it. */
  UNAVAILABLE,
  /** Try after try failed, for a reason of its own. */
  NO_PROGRESS;

  /** The name that the API uses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no failure has that name
   */
  public static PreviewFailure of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
