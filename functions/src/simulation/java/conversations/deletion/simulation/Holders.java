package conversations.deletion.simulation;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Those who place holds, and release them. Each of the two takes two steps, with time between them,
 * in which they may die.
 *
 * <p>Most moments of a schedule are uneventful. So some holds come at a random moment, and some at
 * a random one of the deletes, on what is being deleted.
 */
final class Holders {

  /** A hold is promised for so long after the promise was asked for. */
  static final Duration PROMISED_AFTER = Duration.ofSeconds(30);

  private static final int MOST_HOLDS = 4;

  /** A hold that comes at a delete comes no later than with this one. */
  private static final int LAST_DELETE = 30;

  private static final ClientAppId CLIENT_APP = new ClientAppId("holders");
  private static final HoldReason REASON = new HoldReason("a schedule");

  private final World world;
  private final Weather weather;
  private final Timeline timeline;
  private final List<Integer> deletesToCome = new ArrayList<>();
  private int lastHold;

  Holders(World world) {
    this.world = world;
    this.weather = world.weather;
    this.timeline = world.timeline;
  }

  /** Plans what is held when. Half of all schedules have no holds. */
  void planHolds() {
    if (weather.chance(2)) {
      return;
    }
    int count = 1 + weather.choose(MOST_HOLDS);
    for (int i = 0; i < count; i++) {
      if (weather.chance(3)) {
        timeline.after(
            upTo(Duration.ofMinutes(3), Duration.ofMinutes(30), Duration.ofHours(26)),
            () -> place(target()));
      } else {
        deletesToCome.add(1 + weather.choose(LAST_DELETE));
      }
    }
  }

  /** A delete of something of these conversations starts. */
  void deleting(Collection<ConversationId> conversations) {
    deletesToCome.replaceAll(left -> left - 1);
    while (deletesToCome.remove((Integer) 0)) {
      ConversationId one = weather.oneOf(List.copyOf(conversations));
      HoldTarget target =
          weather.chance(4) ? new HeldChannelUser(user()) : new HeldConversations(List.of(one));
      timeline.after(Duration.ZERO, () -> place(target));
    }
  }

  private HoldTarget target() {
    if (weather.chance(3)) {
      return new HeldChannelUser(user());
    }
    List<ConversationId> all =
        Stream.concat(
                world.platform.begun().keySet().stream(),
                Stream.of(Platform.WITHOUT_RECORDS, Platform.RETAINED_ONLY))
            .toList();
    return new HeldConversations(
        Stream.generate(() -> weather.oneOf(all)).limit(1 + weather.choose(3)).toList());
  }

  private ChannelUserId user() {
    return weather.oneOf(Platform.USER, Platform.USER, Platform.OTHER_USER);
  }

  private void place(HoldTarget target) {
    if (weather.isCalm()) {
      return;
    }
    Hold hold =
        Hold.placed(
            Platform.BOT,
            new HoldId("h" + ++lastHold),
            new HoldRequest(target, REASON, Optional.empty(), weather.chance(3)),
            timeline.instant(),
            CLIENT_APP);
    world.holds.add(hold);
    note(hold, "is added, on " + target);
    if (weather.chance(6)) {
      note(hold, "is not seen through");
      if (weather.chance(2)) {
        timeline.after(upTo(Duration.ofHours(2)), () -> askForPromise(hold));
      }
    } else {
      timeline.after(
          upTo(Duration.ofMillis(20), Duration.ofSeconds(20)), () -> askForPromise(hold));
    }
  }

  /** The longer the call takes, the sooner after its effect the hold has to hold. */
  private void askForPromise(Hold hold) {
    Instant heldFrom = timeline.instant().plus(PROMISED_AFTER);
    timeline.after(
        upTo(Duration.ofMillis(20), Calls.CALL_TIMEOUT),
        () -> {
          boolean isPromised = world.holds.promise(hold, heldFrom, Optional.empty());
          note(hold, isPromised ? "is promised" : "was released before its promise");
        });
    timeline.after(
        upTo(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofHours(30)),
        () -> release(hold.id()));
  }

  /** The housekeeping sees through what its caller did not. */
  private void release(HoldId id) {
    Hold hold = world.holds.find(Platform.BOT, id).orElseThrow();
    if (hold.release().isPresent()) {
      return;
    }
    Instant now = timeline.instant();
    Hold released =
        hold.released(new Release(now, CLIENT_APP, world.window.openingOfNextWindow(now)));
    world.holds.releaseInPart(released, Optional.empty());
    note(hold, "is released");
    timeline.after(
        weather.chance(4) ? upTo(Duration.ofHours(2)) : upTo(Duration.ofSeconds(4)),
        () -> {
          world.holds.finishRelease(released);
          note(hold, "is counted as released");
        });
  }

  /** From now on nothing is held, but some holds that nobody promised, which hold nothing. */
  void releaseAll() {
    for (Hold hold : world.holds.list(Platform.BOT, Optional.empty(), lastHold + 1).holds()) {
      if (hold.heldFrom().isPresent() || weather.chance(2)) {
        release(hold.id());
      }
    }
  }

  private Duration upTo(Duration... longest) {
    return weather.between(Duration.ZERO, weather.oneOf(longest));
  }

  private void note(Hold hold, String what) {
    world.note("holder", "hold " + hold.id().value() + " " + what);
  }
}
