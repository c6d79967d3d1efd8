package conversations.deletion.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Decides, by one seed, what goes wrong and how long things take.
 *
 * <p>Each schedule has some kinds of faults and not others, and they are frequent or rare. If all
 * of them happened all the time, the deeper states would never be reached.
 */
final class Weather implements Lags {

  static final Duration LONGEST_LAG = Duration.ofSeconds(60);
  private static final double[] INTENSITIES = {0.3, 1, 3};

  /** How often calls are slow in schedules in which they often are. */
  private static final double OFTEN = 0.4;

  private final SplittableRandom random;
  private final Set<Fault> possible = EnumSet.noneOf(Fault.class);
  private final Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
  private final double intensity;
  private final Duration slowestCall;
  private final double slowCallRate;
  private boolean isCalm;

  /**
   * @param slowestCall the longest way of a call, or of its answer
   */
  Weather(long seed, Duration slowestCall) {
    this.random = new SplittableRandom(seed);
    this.intensity = INTENSITIES[random.nextInt(INTENSITIES.length)];
    this.slowestCall = slowestCall;
    this.slowCallRate = random.nextInt(4) == 0 ? OFTEN : Fault.SLOW_CALL.rate() * intensity;
    for (Fault fault : Fault.values()) {
      if (random.nextInt(5) < 2) {
        possible.add(fault);
      }
    }
  }

  /** From now on nothing goes wrong. */
  void calmDown() {
    isCalm = true;
  }

  boolean isCalm() {
    return isCalm;
  }

  boolean strikes(Fault fault) {
    boolean strikes =
        !isCalm && possible.contains(fault) && random.nextDouble() < Math.min(0.9, rate(fault));
    if (strikes) {
      seen.merge(fault, 1, Integer::sum);
    }
    return strikes;
  }

  private double rate(Fault fault) {
    return fault == Fault.SLOW_CALL ? slowCallRate : fault.rate() * intensity;
  }

  Map<Fault, Integer> seen() {
    return seen;
  }

  int seen(Fault fault) {
    return seen.getOrDefault(fault, 0);
  }

  int faults() {
    return seen.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** A number from 0 up to {@code bound}, which is excluded. */
  int choose(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** A whole number of milliseconds, from one duration to another. */
  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** How long a call takes on its way, or its answer. */
  Duration ofCall() {
    return strikes(Fault.SLOW_CALL)
        ? between(Duration.ofMillis(200), slowestCall)
        : Duration.ofMillis(1 + random.nextInt(20));
  }

  @Override
  public Duration ofRead() {
    return lag(Fault.STALE_READ);
  }

  @Override
  public Duration ofConversationIndex() {
    return lag(Fault.CONVERSATION_INDEX_LAG);
  }

  @Override
  public Duration ofJobIndex() {
    return lag(Fault.JOB_INDEX_LAG);
  }

  private Duration lag(Fault fault) {
    return strikes(fault) ? between(Duration.ofMillis(1), LONGEST_LAG) : Duration.ZERO;
  }
}
