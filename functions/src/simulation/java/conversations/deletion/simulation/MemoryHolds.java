package conversations.deletion.simulation;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The table of holds in memory. */
public final class MemoryHolds implements Holds, HoldLooks, HoldSweeps {

  /** What names a hold. */
  private record Name(BotId bot, HoldId id) {

    static Name of(Hold hold) {
      return new Name(hold.bot(), hold.id());
    }
  }

  private final Map<BotId, TreeMap<HoldId, Hold>> holds = new HashMap<>();
  private final Map<BotId, Long> versions = new HashMap<>();
  private final Set<Name> releasedInPart = new HashSet<>();
  private final Set<Name> reviewed = new HashSet<>();
  private final List<ChangeLogEntry> changeLog = new ArrayList<>();

  /** The entries written so far. */
  public List<ChangeLogEntry> changeLog() {
    return List.copyOf(changeLog);
  }

  private TreeMap<HoldId, Hold> of(BotId bot) {
    return holds.computeIfAbsent(bot, _ -> new TreeMap<>());
  }

  private void store(Hold hold) {
    of(hold.bot()).put(hold.id(), hold);
  }

  private void raiseVersion(BotId bot) {
    versions.merge(bot, 1L, Long::sum);
  }

  @Override
  public Optional<Hold> add(Hold hold) {
    return Optional.ofNullable(of(hold.bot()).putIfAbsent(hold.id(), hold));
  }

  @Override
  public boolean promise(Hold hold, Instant heldFrom, Optional<ChangeLogEntry> entry) {
    Optional<Hold> stored = find(hold.bot(), hold.id());
    boolean isAsSeen =
        stored
            .filter(one -> one.release().isEmpty())
            .filter(one -> one.heldFrom().equals(hold.heldFrom()))
            .isPresent();
    if (isAsSeen) {
      store(stored.orElseThrow().heldFrom(heldFrom));
      raiseVersion(hold.bot());
      entry.ifPresent(changeLog::add);
    }
    return isAsSeen;
  }

  @Override
  public Optional<Hold> find(BotId bot, HoldId id) {
    return Optional.ofNullable(of(bot).get(id));
  }

  @Override
  public HoldPage list(BotId bot, Optional<HoldId> after, int limit) {
    List<Hold> rest =
        of(bot).values().stream()
            .filter(one -> after.filter(it -> one.id().compareTo(it) <= 0).isEmpty())
            .toList();
    List<Hold> page = rest.stream().limit(limit).toList();
    return new HoldPage(
        page, rest.size() > limit ? Optional.of(page.getLast().id()) : Optional.empty());
  }

  @Override
  public Hold release(Hold released, Optional<ChangeLogEntry> entry) {
    releaseInPart(released, entry);
    Hold now = find(released.bot(), released.id()).orElseThrow();
    finishRelease(now);
    return now;
  }

  /** The first step of a release, after which a caller may die. */
  public void releaseInPart(Hold released, Optional<ChangeLogEntry> entry) {
    Hold stored = find(released.bot(), released.id()).orElseThrow();
    if (stored.release().isEmpty()) {
      store(stored.released(released.release().orElseThrow()));
      releasedInPart.add(Name.of(stored));
      entry.ifPresent(changeLog::add);
    }
  }

  @Override
  public void finishRelease(Hold released) {
    if (releasedInPart.remove(Name.of(released))) {
      raiseVersion(released.bot());
    }
  }

  @Override
  public Stream<Hold> due(Instant now) {
    return holds.values().stream()
        .flatMap(ofBot -> ofBot.values().stream())
        .filter(hold -> releasedInPart.contains(Name.of(hold)) || isToReview(hold, now))
        .toList()
        .stream();
  }

  private boolean isToReview(Hold hold, Instant now) {
    return hold.release().isEmpty()
        && !reviewed.contains(Name.of(hold))
        && hold.request().reviewAt().filter(moment -> !moment.isAfter(now)).isPresent();
  }

  @Override
  public void reviewed(Hold hold) {
    reviewed.add(Name.of(hold));
  }

  @Override
  public HoldsOfBot find(BotId bot) {
    return new HoldsOfBot(
        versions.getOrDefault(bot, 0L),
        standing(bot, _ -> true),
        standing(bot, Hold::isOnUser),
        standing(bot, one -> one.isOnUser() && !one.request().isConfidential()));
  }

  private Standing standing(BotId bot, Predicate<Hold> which) {
    List<Hold> promised =
        of(bot).values().stream().filter(which).filter(one -> one.heldFrom().isPresent()).toList();
    return new Standing(
        promised.stream().filter(one -> !isReleased(one)).count(),
        promised.stream()
            .filter(this::isReleased)
            .map(one -> one.release().orElseThrow().holdsUntil())
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH));
  }

  /** A release that is not seen through does not count yet. */
  private boolean isReleased(Hold hold) {
    return hold.release().isPresent() && !releasedInPart.contains(Name.of(hold));
  }

  @Override
  public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
    return of(bot).values().stream()
        .filter(one -> one.keys().contains(key))
        .map(
            one ->
                new StandingHold(
                    one.id(),
                    one.request().isConfidential(),
                    one.release().map(Hold.Release::holdsUntil)))
        .filter(one -> one.until().filter(until -> !now.isBefore(until)).isEmpty())
        .sorted(Comparator.comparing(StandingHold::isConfidential))
        .toList();
  }
}
