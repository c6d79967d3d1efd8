package conversations.deletion.domain;

import java.time.Duration;

/** A span of time, ending now, over which the requests to a bot are limited. */
public enum RateWindow {
  /** Exact: requests are told apart by the millisecond. */
  MINUTE("minute", Duration.ofMinutes(1), Duration.ofMillis(1)),

  /**
   * Requests are counted by the minute, so the requests of an hour take a few bytes and not
   * thousands.
   */
  HOUR("hour", Duration.ofHours(1), Duration.ofMinutes(1));

  private final String text;
  private final Duration length;
  private final Duration slot;

  RateWindow(String text, Duration length, Duration slot) {
    this.text = text;
    this.length = length;
    this.slot = slot;
  }

  /** The name by which callers know the window. */
  public String text() {
    return text;
  }

  public Duration length() {
    return length;
  }

  /** The precision: all requests of one slot count as made in its last millisecond. */
  public Duration slot() {
    return slot;
  }
}
