package conversations.deletion.client.view;

import java.time.Duration;

/** A length of time, in at most two units: {@code 42 s}, {@code 5 h 12 min}, {@code 3 d 4 h}. */
public record TimeSpan(Duration length) {

  @Override
  public String toString() {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 72 * 3600) {
      return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3600);
  }
}
