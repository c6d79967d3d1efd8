package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * No conversation is begun that its user has come back to.
 *
 * <p>A worker that takes a stored plan over can't know whether deletes were sent, so that
 * conversation counts as begun.
 */
final class BeginPromises {

  private final World world;
  private final Set<ConversationOfJob> begun = new HashSet<>();
  private final Map<ConversationOfJob, Long> plannedUnder = new HashMap<>();
  private final Map<ConversationOfJob, Readings> readings = new HashMap<>();

  /**
   * The last readings of a conversation: it may be scanned first, and then be read to be planned.
   *
   * @param before when the last but one began
   * @param begun when the last one began
   * @param lastPage when its last page was asked for
   */
  private record Readings(Instant before, Instant begun, Instant lastPage) {}

  BeginPromises(World world) {
    this.world = world;
  }

  /** Tells whether a delete for it was sent. */
  boolean isBegun(ConversationOfJob one) {
    return begun.contains(one);
  }

  /** A chunk was stored under a lease. */
  void stored(LeasedJob lease, Chunk chunk) {
    for (JobConversation one : chunk.conversations()) {
      ConversationOfJob key = new ConversationOfJob(lease.job().ref(), one.conversation());
      if (one.isBegun()) {
        plannedUnder.putIfAbsent(key, lease.fence());
      } else {
        plannedUnder.remove(key);
      }
    }
  }

  /** A worker asks for a page. */
  void reading(Worker worker, ConversationId conversation, Optional<String> after) {
    Instant now = world.timeline.instant();
    ConversationOfJob key = new ConversationOfJob(worker.lease().job(), conversation);
    Readings last = readings.getOrDefault(key, new Readings(now, now, now));
    readings.put(
        key,
        after.isEmpty()
            ? new Readings(last.begun, now, now)
            : new Readings(last.before, last.begun, now));
  }

  /** A worker sends a delete. */
  void sent(Worker worker, Collection<ConversationId> conversations) {
    WorkerLease lease = worker.lease();
    for (ConversationId conversation : conversations) {
      ConversationOfJob key = new ConversationOfJob(lease.job(), conversation);
      boolean isFirst = begun.add(key);
      if (isFirst && plannedUnder.getOrDefault(key, 0L) == lease.fence()) {
        begins(key);
      }
    }
  }

  private void begins(ConversationOfJob one) {
    if (!world.areClocksRight()) {
      return;
    }
    Instant now = world.timeline.instant();
    Instant idleSince = now.minus(world.settings.idle());
    Instant known = known(readings.get(one), now);
    assertThat(world.platform.records().of(Platform.BOT, one.conversation()))
        .as("records of %s, which is begun though it is open", one.conversation())
        .noneMatch(record -> isBetween(record, idleSince, known));
  }

  /**
   * Until when all that was written must be known. What is written while a conversation is read may
   * lie in a part that was read already, however long the reading takes.
   */
  private Instant known(Readings last, Instant now) {
    Instant fresh = now.minus(world.numbers.freshness());
    boolean isFresh = !last.lastPage.isBefore(fresh);
    return (isFresh && last.before.isBefore(fresh) ? last.before : fresh).minus(staleness());
  }

  private static boolean isBetween(RecordHead record, Instant from, Instant to) {
    return record.createdAt().filter(at -> at.isAfter(from) && at.isBefore(to)).isPresent();
  }

  /** The first look at a conversation may show an old state. */
  private Duration staleness() {
    return world.weather.seen(Fault.STALE_READ) > 0 ? Weather.LONGEST_LAG : Duration.ZERO;
  }
}
