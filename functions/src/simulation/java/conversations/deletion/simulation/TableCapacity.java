package conversations.deletion.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The write units that a table takes: so many a second, and those of a while before that were not
 * used. As long as any unit is left it takes a whole record, and then owes what was missing.
 */
final class TableCapacity {

  private final InstantSource clock;
  private final double unitsPerSecond;
  private final double most;
  private double left;
  private Instant at;

  /**
   * @param unitsPerSecond 0: as many as come
   * @param burst how much unused time it makes up for
   * @param isRested whether nothing was written in that time
   */
  TableCapacity(InstantSource clock, int unitsPerSecond, Duration burst, boolean isRested) {
    this.clock = clock;
    this.unitsPerSecond = unitsPerSecond;
    this.most = unitsPerSecond * Math.max(1.0, burst.toSeconds());
    this.left = isRested ? most : 0;
    this.at = clock.instant();
  }

  /** Takes a write of this many units, or refuses it. */
  boolean take(double units) {
    if (!has(1)) {
      return false;
    }
    left -= units;
    return true;
  }

  /** Tells whether this many units are left. */
  boolean has(double units) {
    if (unitsPerSecond == 0) {
      return true;
    }
    Instant now = clock.instant();
    double seconds = Duration.between(at, now).toMillis() / 1_000.0;
    left = Math.min(most, left + seconds * unitsPerSecond);
    at = now;
    return left >= units;
  }
}
