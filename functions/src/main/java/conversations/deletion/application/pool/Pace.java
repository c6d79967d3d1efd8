package conversations.deletion.application.pool;

import java.time.Duration;

/**
 * How many write units a second a table, or one of its partitions, is asked for: as many as it
 * takes, which it does not tell.
 *
 * <p>It is a bucket of units that fills at a rate. A request goes as soon as nothing is owed, and
 * then owes what it asks for. The rate doubles until something is refused. Then it falls to the
 * share that was taken, a little below, and climbs on the cubic curve of RFC 9438: fast at first,
 * slowly near the old rate, faster and faster beyond it. If less than half was taken, it doubles
 * again from where it fell to. A rate that is not in use does not grow.
 *
 * <p>Guarded by the pool's lock. All moments are nanoseconds of the monotonic clock.
 */
final class Pace {

  /** What a new table takes at once (DynamoDB, on-demand capacity). */
  private static final double FIRST_RATE = 4_000;

  /**
   * What a partition takes at most is 1,000 (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html">AWS</a>).
   */
  private static final double PARTITION_RATE = 990;

  /**
   * What is asked of a bucket at most. A prefix takes 3,500 at least (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html">AWS</a>),
   * and what S3 takes for a prefix may be all of the bucket.
   */
  private static final double BUCKET_RATE = 3_000;

  /** While nothing is taken, a record is tried this often, and large ones less often. */
  private static final double LONGEST_SECONDS = 4;

  private static final double LOWEST_RATE = 20;

  private static final double DECREASE = 0.98;
  private static final double LEAST_SHARE = 0.125;

  /** A share is of the last records that were taken, no more than these, and what was refused. */
  private static final double REMEMBERED = 100;

  /** After a decrease this much is remembered of what was taken at the higher rate. */
  private static final double STILL_REMEMBERED = 0.25;

  private static final double FAR = 0.25;
  private static final double TOLERANCE_SECONDS = 10;

  /** In so many climbs the cubic curve rises by more than small falls had taken away. */
  private static final double TOLERANCE_CLIMBS = 7;

  private static final double CLIMB_SECONDS = 1.4;
  private static final double CLIMB_REQUESTS = 20;
  private static final long DOUBLING_NANOS = Duration.ofMillis(140).toNanos();

  /** A request asks for no more than what is taken in this time, if that is a record at least. */
  private static final double REQUEST_SECONDS = 0.25;

  private final double highest;
  private final double savedSeconds;
  private double rate;
  private double owed;
  private long owedAt;
  private boolean isDoubling;
  private boolean hasDoubled;
  private boolean isInUse;
  private double goal;
  private double climbSeconds;
  private double climbedSeconds;
  private double taken;
  private long doubledAt;
  private double fallFrom;
  private double fallTaken;
  private double fallRefused;
  private double recordUnits;
  private double requestUnits;
  private boolean isSearch;
  private double smallFallsFrom;
  private double seriesTaken;
  private double seriesRefused;
  private long toleratesUntil;
  private long smallFallsSince;
  private long fellAt;
  private long formerFellAt;

  /**
   * @param highest the most units a second
   * @param savedSeconds for so long unused units are saved up
   */
  private Pace(double highest, double firstRate, double savedSeconds, long now) {
    this.highest = highest;
    this.savedSeconds = savedSeconds;
    this.rate = Math.min(highest, firstRate);
    this.owed = -rate * savedSeconds;
    this.owedAt = now;
    this.isDoubling = true;
    this.hasDoubled = true;
    this.doubledAt = now;
    this.fellAt = now;
    this.smallFallsSince = now;
    this.toleratesUntil = now;
    this.formerFellAt = now;
  }

  /**
   * The pace of a table. Its senders come late at times, and catch up.
   *
   * @param highest the most units a second; 0: no such limit
   */
  static Pace ofTable(double highest, long now) {
    return new Pace(highest == 0 ? Double.MAX_VALUE : highest, FIRST_RATE, 0.01, now);
  }

  /** The pace of a partition, of the table or of its index. */
  static Pace ofPartition(long now) {
    return new Pace(PARTITION_RATE, PARTITION_RATE, 0.07, now);
  }

  /** The pace of a bucket. A unit is a version. */
  static Pace ofBucket(long now) {
    return new Pace(BUCKET_RATE, BUCKET_RATE, 0.01, now);
  }

  double rate() {
    return rate;
  }

  /** The most units of a request. */
  double requestUnits() {
    return rate * REQUEST_SECONDS;
  }

  /** When the next request may go. */
  long readyAt(long now) {
    long paidAt = owedAt + (long) (Math.max(owed, 0) * 1e9 / rate);
    return paidAt - now > 0 ? paidAt : now;
  }

  /** A request goes at this moment, which is not before it may. */
  void sent(double units, long at) {
    double seconds = (at - owedAt) / 1e9;
    double saved = -rate * savedSeconds;
    owed -= seconds * rate;
    // If more than can be saved was left, the rate is not what holds the requests back.
    isInUse = owed >= saved;
    owed = Math.max(owed, saved) + units;
    owedAt = at;
    if (isInUse && !isDoubling) {
      climb(seconds);
    }
  }

  private void climb(double seconds) {
    climbedSeconds += seconds;
    double way = climbedSeconds / climbSeconds - 1;
    rate = Math.min(highest, Math.max(rate, goal * (1 + (1 - DECREASE) * way * way * way)));
  }

  /** A request that was sent turns out to have consumed so many units more than was thought. */
  void owesMore(double units) {
    owed += units;
  }

  /**
   * A request was answered.
   *
   * @param records how many records it had
   * @param refused how many of them were not taken
   * @param units how many units it asked for
   * @param packedAt when it was packed
   */
  void answered(int records, int refused, double units, long packedAt, long now) {
    if (packedAt - fellAt < 0) {
      if (packedAt - formerFellAt >= 0) {
        // It was packed before the fall, and tells more of the rate at that time.
        fallTaken += records - refused;
        fallRefused += refused;
        fall();
      }
    } else if (refused > 0 && isReason(records - refused, refused, now)) {
      fallFrom = rate;
      fallTaken = taken + records - refused;
      fallRefused = refused;
      recordUnits = units / records;
      requestUnits = units;
      isSearch = isDoubling && !hasDoubled;
      hasDoubled = false;
      taken *= STILL_REMEMBERED;
      formerFellAt = fellAt;
      fellAt = now;
      fall();
    } else {
      taken = Math.clamp(taken + records - 2 * refused, 0, REMEMBERED);
      if (isDoubling && isInUse && packedAt - doubledAt >= 0 && now - doubledAt >= DOUBLING_NANOS) {
        rate = Math.min(highest, 2 * rate);
        hasDoubled = true;
        doubledAt = now;
      }
    }
  }

  /**
   * Tells whether a refusal is a reason to fall. If most is taken, and yet the rate has fallen far
   * without having climbed back in between, it is not the rate that is refused.
   */
  private boolean isReason(int nowTaken, int refused, long now) {
    if (isDoubling && hasDoubled || taken + nowTaken < refused) {
      smallFallsFrom = 0;
      return true;
    }
    if (now - toleratesUntil < 0) {
      return false;
    }
    seriesTaken += nowTaken;
    seriesRefused += refused;
    boolean isFirst = smallFallsFrom == 0 || climbedSeconds >= climbSeconds;
    if (isFirst || now - smallFallsSince >= toleranceNanos()) {
      smallFallsSince = now;
      smallFallsFrom = rate;
      seriesTaken = nowTaken;
      seriesRefused = refused;
    }
    if (rate < smallFallsFrom * FAR && seriesTaken > seriesRefused) {
      toleratesUntil = now + toleranceNanos();
      isDoubling = false;
      return false;
    }
    return true;
  }

  /** A slow pace has few requests in a time, so it is given more time to tell and to climb. */
  private long toleranceNanos() {
    return (long) (Math.max(TOLERANCE_SECONDS, TOLERANCE_CLIMBS * climbSeconds) * 1e9);
  }

  private void fall() {
    double before = rate;
    double share = fallTaken / (fallTaken + fallRefused);
    goal = fallFrom * Math.max(share, LEAST_SHARE);
    double lowest = Math.min(recordUnits / LONGEST_SECONDS, LOWEST_RATE);
    rate = Math.min(fallFrom, Math.max(lowest, goal * DECREASE));
    // The time that is still to be waited stays the same.
    owed *= rate / before;
    isDoubling = share < 0.5 || isSearch;
    double nextRequest = Math.min(requestUnits, Math.max(recordUnits, requestUnits()));
    climbSeconds = Math.max(CLIMB_SECONDS, CLIMB_REQUESTS * nextRequest / rate);
    climbedSeconds = 0;
  }

  /** Tells whether a new pace in its place would be the same. */
  boolean isIdle(long now) {
    return rate == highest && readyAt(now) == now;
  }
}
