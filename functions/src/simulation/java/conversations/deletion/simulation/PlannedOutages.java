package conversations.deletion.simulation;

import conversations.deletion.simulation.ScheduleNumbers.OutageSpans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outages of one schedule. Half of all schedules have none.
 *
 * <p>Most moments of a schedule are uneventful. So some outages begin at a random moment, and some
 * at a random one of the calls that they concern.
 */
final class PlannedOutages {

  /** An outage by call begins no later than with this one. */
  private static final int LAST_CALL = 12;

  private static final class Awaited {
    private final Outage outage;
    private int callsToCome;

    Awaited(Outage outage, int callsToCome) {
      this.outage = outage;
      this.callsToCome = callsToCome;
    }
  }

  private final List<Outage> fixed = new ArrayList<>();
  private final List<Awaited> awaited = new ArrayList<>();
  private final Map<Enum<?>, Integer> met = new LinkedHashMap<>();

  PlannedOutages(Weather weather, OutageSpans spans, Instant start) {
    if (spans.most() == 0 || weather.chance(2)) {
      return;
    }
    int count = 1 + weather.choose(spans.most());
    for (int i = 0; i < count; i++) {
      Outage outage = draw(weather, spans, start);
      if (weather.chance(2)) {
        fixed.add(outage);
      } else {
        awaited.add(new Awaited(outage, 1 + weather.choose(LAST_CALL)));
      }
    }
  }

  /** Jobs are worked on soon, so many outages begin soon. */
  private static Outage draw(Weather weather, OutageSpans spans, Instant start) {
    Duration latest =
        weather.oneOf(Duration.ofMinutes(3), Duration.ofMinutes(15), Duration.ofHours(26));
    Instant from = start.plus(weather.between(Duration.ZERO, latest));
    Duration longest = weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(1), spans.longest());
    Instant until = from.plus(weather.between(spans.shortest(), longer(longest, spans.shortest())));
    return weather.chance(2)
        ? new Outage.OfService(weather.oneOf(Service.values()), from, until)
        : new Outage.OfPermission(weather.oneOf(Permission.values()), from, until);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The outage that a call with this permission meets now. */
  Optional<Outage> met(Permission permission, Instant now) {
    awaited.removeIf(one -> begins(one, permission, now));
    Optional<Outage> found =
        fixed.stream().filter(one -> one.isAt(now) && one.concerns(permission)).findFirst();
    found.ifPresent(one -> met.merge(one.what(), 1, Integer::sum));
    return found;
  }

  private boolean begins(Awaited one, Permission permission, Instant now) {
    boolean begins = one.outage.concerns(permission) && --one.callsToCome == 0;
    if (begins) {
      Duration length = Duration.between(one.outage.from(), one.outage.until());
      fixed.add(one.outage.at(now, now.plus(length)));
    }
    return begins;
  }

  boolean isAny(Instant now) {
    return fixed.stream().anyMatch(one -> one.isAt(now));
  }

  /** From now on none begins at a call. */
  void calmDown() {
    awaited.clear();
  }

  /** When the last one ends that has a time. */
  Optional<Instant> end() {
    return fixed.stream().map(Outage::until).max(Comparator.naturalOrder());
  }

  /** How many calls met an outage of each service and permission. */
  Map<Enum<?>, Integer> met() {
    return met;
  }

  int calls() {
    return met.values().stream().mapToInt(Integer::intValue).sum();
  }
}
