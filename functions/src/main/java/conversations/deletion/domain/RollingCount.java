package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The number of requests that were accepted recently, by the slots of a window.
 *
 * @param window the window
 * @param accepted the number of requests of each slot that has any, by the slot's beginning; slots
 *     that have left the window may still be there
 */
public record RollingCount(RateWindow window, SortedMap<Instant, Integer> accepted) {

  private static final Duration RESOLUTION = Duration.ofMillis(1);

  public RollingCount {
    accepted = Collections.unmodifiableSortedMap(new TreeMap<>(accepted));
  }

  static RollingCount none(RateWindow window) {
    return new RollingCount(window, Collections.emptySortedMap());
  }

  /** The beginning of the latest slot, or the moment if that is later. */
  Instant latestOr(Instant moment) {
    return !accepted.isEmpty() && moment.isBefore(accepted.lastKey()) ? accepted.lastKey() : moment;
  }

  /** This count with one more request, and without those that had left the window by then. */
  RollingCount plus(Instant moment) {
    SortedMap<Instant, Integer> slots = new TreeMap<>(within(moment));
    Instant slot = slotOf(moment);
    slots.put(slot, slots.getOrDefault(slot, 0) + 1);
    return new RollingCount(window, slots);
  }

  /** This count with the requests of another. */
  RollingCount plus(RollingCount other) {
    SortedMap<Instant, Integer> slots = new TreeMap<>(accepted);
    other.accepted.forEach((slot, count) -> slots.merge(slot, count, Integer::sum));
    return new RollingCount(window, slots);
  }

  boolean isAnyWithin(Instant moment) {
    return !within(moment).isEmpty();
  }

  /**
   * This count, in which every request that is later than the moment counts as made at the moment.
   */
  RollingCount notAfter(Instant moment) {
    Instant slot = slotOf(moment);
    SortedMap<Instant, Integer> slots = new TreeMap<>(accepted.headMap(slot));
    int fromSlotOn = sum(accepted.tailMap(slot));
    if (fromSlotOn > 0) {
      slots.put(slot, fromSlotOn);
    }
    return new RollingCount(window, slots);
  }

  /** What is left of a limit at the moment. */
  Quota quota(Instant moment, int limit) {
    SortedMap<Instant, Integer> counted = within(moment);
    int remaining = Math.max(0, limit - sum(counted));
    return new Quota(
        window, remaining, Duration.between(moment, nextRelease(counted, limit, moment)));
  }

  /** When the limit allows one request more than now. */
  private Instant nextRelease(SortedMap<Instant, Integer> counted, int limit, Instant moment) {
    int tooMany = Math.max(1, sum(counted) - limit + 1);
    for (Map.Entry<Instant, Integer> slot : counted.entrySet()) {
      tooMany -= slot.getValue();
      if (tooMany <= 0) {
        return release(slot.getKey());
      }
    }
    return moment;
  }

  /**
   * The slots of the window that ends at the moment. The moment is the window's last millisecond.
   */
  private SortedMap<Instant, Integer> within(Instant moment) {
    Instant lastReleased = moment.minus(window.length()).plus(RESOLUTION).minus(window.slot());
    return accepted.tailMap(lastReleased.plus(RESOLUTION));
  }

  /** When the last possible request of the slot leaves the window. */
  private Instant release(Instant slot) {
    return slot.plus(window.slot()).minus(RESOLUTION).plus(window.length());
  }

  private Instant slotOf(Instant moment) {
    long slot = window.slot().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), slot) * slot);
  }

  private static int sum(SortedMap<Instant, Integer> slots) {
    int sum = 0;
    for (int requests : slots.values()) {
      sum += requests;
    }
    return sum;
  }
}
