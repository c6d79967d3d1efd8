package conversations.deletion.simulation;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The table of holds in memory. */
public final class MemoryHolds implements Holds, HoldLooks {

  private final Map<BotId, TreeMap<HoldId, Hold>> holds = new HashMap<>();
  private final Map<BotId, Long> versions = new HashMap<>();

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
    Hold stored = find(released.bot(), released.id()).orElseThrow();
    if (stored.release().isPresent()) {
      return stored;
    }
    Hold after = stored.released(released.release().orElseThrow());
    store(after);
    raiseVersion(after.bot());
    return after;
  }

  @Override
  public HoldsOfBot find(BotId bot) {
    return new HoldsOfBot(
        versions.getOrDefault(bot, 0L),
        standing(bot, _ -> true),
        standing(bot, MemoryHolds::isOnUser),
        standing(bot, one -> isOnUser(one) && !one.request().isConfidential()));
  }

  private static boolean isOnUser(Hold hold) {
    return hold.request().target() instanceof HeldChannelUser;
  }

  private Standing standing(BotId bot, Predicate<Hold> which) {
    List<Hold> promised =
        of(bot).values().stream().filter(which).filter(one -> one.heldFrom().isPresent()).toList();
    return new Standing(
        promised.stream().filter(one -> one.release().isEmpty()).count(),
        promised.stream()
            .flatMap(one -> one.release().stream())
            .map(Hold.Release::holdsUntil)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH));
  }

  @Override
  public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
    return of(bot).values().stream()
        .filter(one -> isOn(one, key))
        .map(
            one ->
                new StandingHold(
                    one.id(),
                    one.request().isConfidential(),
                    one.release().map(Hold.Release::holdsUntil)))
        .filter(one -> one.until().filter(until -> !now.isBefore(until)).isEmpty())
        .toList();
  }

  private static boolean isOn(Hold hold, HoldKey key) {
    HoldTarget target = hold.request().target();
    return switch (key) {
      case HoldKey.OfConversation(var conversation) ->
          target instanceof HeldConversations(var ids) && ids.contains(conversation);
      case HoldKey.OfUser(var tag) ->
          target instanceof HeldChannelUser(var user)
              && ChannelUserTag.of(hold.bot(), user).equals(tag);
    };
  }
}
