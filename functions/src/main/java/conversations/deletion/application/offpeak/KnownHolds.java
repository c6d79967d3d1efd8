package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.StandingHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a run knows of a bot's holds.
 *
 * <p>Whoever places a hold stores it, then raises the version of the bot's holds, and promises it
 * for 30 seconds later.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No delete starts more than {@link HoldsOfBot#GOOD_FOR} after the version that is known was
 *       read, by the monotonic clock, which is read before the version is asked for. So each delete
 *       that starts later than that after a version was raised knows of its hold, with ten seconds
 *       to spare.
 *   <li>A version is taken for known only once all that is in work was looked up after it was read.
 *   <li>Nothing is deleted of a conversation that was not looked up and found free.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
final class KnownHolds {

  /**
   * To read the version, and to look up what it concerns, may take the rest of {@link
   * HoldsOfBot#GOOD_FOR}.
   */
  private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(15);

  /** Beyond so many, those that are not in work any more are dropped. */
  private static final int MOST_UNUSED = 10_000;

  /**
   * What was looked up of a conversation.
   *
   * @param reading the number of the reading of the version after which it was looked up
   */
  private record Known(Optional<ChannelUserTag> user, Optional<Kept> kept, long reading) {}

  private record OfUser(List<StandingHold> holds, long reading) {}

  /**
   * A version that was read.
   *
   * @param number grows with each one that differs from the one before
   */
  private record Reading(HoldsOfBot holds, long number) {}

  private final BotId bot;
  private final HoldLooks looks;
  private final RunTime time;
  private final Predicate<ConversationId> isInWork;
  private final int looksAtOnce;
  private final ReentrantLock oneReads = new ReentrantLock();
  private final Map<ConversationId, Known> conversations = new HashMap<>();
  private final Map<ChannelUserTag, OfUser> users = new HashMap<>();
  private Optional<Reading> latest = Optional.empty();
  private Optional<Long> knownSince = Optional.empty();

  /**
   * @param isInWork tells whether a conversation may still be deleted as this run has read it
   */
  KnownHolds(
      BotId bot,
      HoldLooks looks,
      RunTime time,
      Predicate<ConversationId> isInWork,
      int looksAtOnce) {
    this.bot = bot;
    this.looks = looks;
    this.time = time;
    this.isInWork = isInWork;
    this.looksAtOnce = looksAtOnce;
  }

  /** Tells whether deletes may start by what is known. Never waits. */
  boolean isGood() {
    return isYoungerThan(HoldsOfBot.GOOD_FOR);
  }

  private synchronized boolean isYoungerThan(Duration age) {
    return knownSince.filter(since -> time.nanos() - since <= age.toNanos()).isPresent();
  }

  /**
   * Reads the version if what is known is getting old, and looks up anew what a new one concerns.
   * Of several threads one does that. The others go on while what is known is good, and wait then.
   *
   * @throws RuntimeException if that fails
   */
  void keepKnown() {
    if (isYoungerThan(READ_AGAIN_AFTER)) {
      return;
    }
    if (isGood()) {
      if (!oneReads.tryLock()) {
        return;
      }
    } else {
      oneReads.lock();
    }
    try {
      if (!isYoungerThan(READ_AGAIN_AFTER)) {
        read();
      }
    } finally {
      oneReads.unlock();
    }
  }

  private void read() {
    long askedAt = time.nanos();
    Reading now = note(looks.find(bot));
    while (!isTakenForKnown(now, askedAt)) {
      Parallel.map(lookedUpBefore(now), looksAtOnce, this::lookAgain);
    }
  }

  private synchronized Reading note(HoldsOfBot read) {
    Reading before = latest.orElse(new Reading(HoldsOfBot.NONE, 0));
    boolean isNew = latest.isEmpty() || read.version() != before.holds().version();
    Reading now = new Reading(read, before.number() + (isNew ? 1 : 0));
    latest = Optional.of(now);
    return now;
  }

  private synchronized List<ConversationId> lookedUpBefore(Reading now) {
    conversations.keySet().removeIf(isInWork.negate());
    List<ConversationId> before = new ArrayList<>();
    conversations.forEach(
        (id, known) -> {
          if (known.reading() < now.number()) {
            before.add(id);
          }
        });
    return before;
  }

  private synchronized boolean isTakenForKnown(Reading now, long askedAt) {
    boolean isAll =
        conversations.values().stream().noneMatch(known -> known.reading() < now.number());
    if (isAll) {
      knownSince = Optional.of(askedAt);
    }
    return isAll;
  }

  private Optional<Kept> lookAgain(ConversationId conversation) {
    Optional<Known> before = find(conversation);
    return before.isPresent() ? lookNow(conversation, before.get().user()) : Optional.empty();
  }

  private synchronized Optional<Known> find(ConversationId conversation) {
    return Optional.ofNullable(conversations.get(conversation));
  }

  /** Tells whether a conversation was looked up and found free. Never waits. */
  boolean isFree(ConversationId conversation) {
    return find(conversation).filter(known -> known.kept().isEmpty()).isPresent();
  }

  /** What was found to keep a conversation of this channel user, if it was looked up as that. */
  Optional<Kept> kept(ConversationId conversation, Optional<ChannelUserTag> user) {
    return find(conversation).filter(known -> known.user().equals(user)).flatMap(Known::kept);
  }

  /** What was found to keep a conversation; empty if it is free, or was not looked up. */
  Optional<Kept> kept(ConversationId conversation) {
    return find(conversation).flatMap(Known::kept);
  }

  /**
   * Looks up a conversation. What is known of it is kept up to date while it is in work.
   *
   * @param user whose it is; absent if nobody knows
   * @return what keeps it; empty if it is free
   * @throws RuntimeException if that fails
   */
  Optional<Kept> look(ConversationId conversation, Optional<ChannelUserTag> user) {
    keepKnown();
    return lookNow(conversation, user);
  }

  private Optional<Kept> lookNow(ConversationId conversation, Optional<ChannelUserTag> user) {
    while (true) {
      Reading now = latest();
      Known known = new Known(user, lookUp(conversation, user, now), now.number());
      if (isNoted(conversation, known)) {
        return known.kept();
      }
    }
  }

  private synchronized Reading latest() {
    return latest.orElseThrow();
  }

  /** Takes note of it, unless a new version was read since it was looked up. */
  private synchronized boolean isNoted(ConversationId conversation, Known known) {
    if (known.reading() < latest().number()) {
      return false;
    }
    conversations.put(conversation, known);
    if (conversations.size() > MOST_UNUSED) {
      conversations.keySet().removeIf(isInWork.negate());
    }
    return true;
  }

  /** Looks up some conversations, each with whose it is. */
  void lookAll(Map<ConversationId, Optional<ChannelUserTag>> some) {
    keepKnown();
    if (latest().holds().all().isAnyAt(time.now())) {
      Parallel.map(
          List.copyOf(some.entrySet()), looksAtOnce, one -> lookNow(one.getKey(), one.getValue()));
    } else {
      some.forEach(this::lookNow);
    }
  }

  /** Tells what keeps a channel user, by one look for all of its conversations. */
  Optional<Kept> look(ChannelUserTag user) {
    keepKnown();
    Reading now = latest();
    return kept(ofUser(user, now, time.now()), now);
  }

  private Optional<Kept> lookUp(
      ConversationId conversation, Optional<ChannelUserTag> user, Reading now) {
    Instant moment = time.now();
    if (!now.holds().all().isAnyAt(moment)) {
      return Optional.empty();
    }
    List<StandingHold> found = new ArrayList<>();
    found.addAll(looks.on(bot, new HoldKey.OfConversation(conversation), moment));
    if (user.isPresent()) {
      found.addAll(ofUser(user.get(), now, moment));
    }
    return kept(found, now)
        .or(() -> user.isPresent() ? Optional.empty() : userUnknown(now, moment));
  }

  private static Optional<Kept> kept(List<StandingHold> holds, Reading now) {
    return holds.isEmpty() ? Optional.empty() : Optional.of(Kept.by(holds, now.holds()));
  }

  private static Optional<Kept> userUnknown(Reading now, Instant moment) {
    HoldsOfBot holds = now.holds();
    return holds
        .reasonOfUnknownUser(moment)
        .map(why -> Kept.asUserIsUnknown(why, holds.onUsers().count() == 0, holds.version()));
  }

  private List<StandingHold> ofUser(ChannelUserTag user, Reading now, Instant moment) {
    if (!now.holds().onUsers().isAnyAt(moment)) {
      return List.of();
    }
    Optional<OfUser> known = find(user).filter(one -> one.reading() == now.number());
    if (known.isPresent()) {
      return known.get().holds();
    }
    List<StandingHold> found = looks.on(bot, new HoldKey.OfUser(user), moment);
    put(user, new OfUser(found, now.number()));
    return found;
  }

  private synchronized Optional<OfUser> find(ChannelUserTag user) {
    return Optional.ofNullable(users.get(user));
  }

  private synchronized void put(ChannelUserTag user, OfUser found) {
    if (users.size() > MOST_UNUSED) {
      users.clear();
    }
    users.put(user, found);
  }
}
