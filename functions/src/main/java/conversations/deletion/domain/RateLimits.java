package conversations.deletion.domain;

/**
 * How many requests of a budget are accepted.
 *
 * @param perMinute in any minute
 * @param perHour in any hour
 */
public record RateLimits(int perMinute, int perHour) {

  /**
   * @throws IllegalArgumentException if one of them is below 1
   */
  public RateLimits {
    if (perMinute < 1 || perHour < 1) {
      throw new IllegalArgumentException("a rate limit must be at least 1");
    }
  }

  /** What each caller gets of them even where others have used them up: a sixth. */
  public RateLimits reserved() {
    return new RateLimits(Math.max(1, perMinute / 6), Math.max(1, perHour / 6));
  }

  /** The most requests that are accepted in the window. */
  public int of(RateWindow window) {
    return switch (window) {
      case MINUTE -> perMinute;
      case HOUR -> perHour;
    };
  }
}
