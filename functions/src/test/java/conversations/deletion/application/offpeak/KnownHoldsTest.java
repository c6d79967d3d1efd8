package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.StandingHold;
import conversations.deletion.simulation.MemoryHolds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownHoldsTest {

  private static final Instant NOW = Instant.parse("2026-12-01T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ChannelUserId USER = new ChannelUserId("u-1");
  private static final Optional<ChannelUserTag> TAG = Optional.of(ChannelUserTag.of(BOT, USER));
  private static final Optional<ChannelUserTag> OTHER =
      Optional.of(ChannelUserTag.of(BOT, new ChannelUserId("u-2")));
  private static final Optional<ChannelUserTag> UNKNOWN = Optional.empty();
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId TWO = new ConversationId("c-2");

  private final MemoryHolds stored = new MemoryHolds();
  private final Looks looks = new Looks();
  private final Set<ConversationId> inWork = new HashSet<>(Set.of(ONE, TWO));
  private Duration elapsed = Duration.ZERO;
  private final RunTime time =
      new RunTime(
          new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC),
          new Clocks(this::now, this::nanos, _ -> {}),
          Duration.ofHours(10));
  private final KnownHolds holds = new KnownHolds(BOT, looks, time, inWork::contains, 1);

  private Instant now() {
    return NOW.plus(elapsed);
  }

  private long nanos() {
    return elapsed.toNanos();
  }

  /** The holds that are stored, with each call noted, and what happens in it. */
  private final class Looks implements HoldLooks {

    private int versionsRead;
    private final List<HoldKey> keys = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private Duration aReadTakes = Duration.ZERO;
    private Optional<HoldsOfBot> answer = Optional.empty();
    private Runnable afterALook = () -> {};

    @Override
    public HoldsOfBot find(BotId bot) {
      versionsRead++;
      if (failure.isPresent()) {
        throw failure.get();
      }
      HoldsOfBot found = answer.orElseGet(() -> stored.find(bot));
      elapsed = elapsed.plus(aReadTakes);
      return found;
    }

    @Override
    public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
      keys.add(key);
      List<StandingHold> found = stored.on(bot, key, now);
      Runnable once = afterALook;
      afterALook = () -> {};
      once.run();
      return found;
    }
  }

  private Hold place(String id, HoldTarget target, boolean isConfidential) {
    HoldRequest request =
        new HoldRequest(target, new HoldReason("a case"), Optional.empty(), isConfidential);
    Hold hold = Hold.placed(BOT, new HoldId(id), request, now(), new ClientAppId("app-1"));
    stored.add(hold);
    stored.promise(hold, now().plusSeconds(30), Optional.empty());
    return stored.find(BOT, hold.id()).orElseThrow();
  }

  private Hold place(String id, HoldTarget target) {
    return place(id, target, false);
  }

  private void release(Hold hold, Duration after) {
    stored.release(
        hold.released(new Release(now(), new ClientAppId("app-1"), now().plus(after))),
        Optional.empty());
  }

  private static HoldTarget on(ConversationId... conversations) {
    return new HeldConversations(List.of(conversations));
  }

  private static Optional<Reason> reason(Optional<Kept> kept) {
    return kept.map(Kept::reason);
  }

  @Test
  void readsTheVersionOnceInFifteenSeconds() {
    holds.keepKnown();
    elapsed = Duration.ofSeconds(15);
    holds.keepKnown();
    assertThat(looks.versionsRead).isEqualTo(1);

    elapsed = elapsed.plusMillis(1);
    holds.keepKnown();
    assertThat(looks.versionsRead).isEqualTo(2);
  }

  @Test
  void isGoodForTwentySecondsFromBeforeTheVersionWasAskedFor() {
    looks.aReadTakes = Duration.ofSeconds(4);
    assertThat(holds.isGood()).as("before it was read").isFalse();

    holds.keepKnown();

    elapsed = Duration.ofSeconds(20);
    assertThat(holds.isGood()).isTrue();
    elapsed = elapsed.plusNanos(1);
    assertThat(holds.isGood()).isFalse();
  }

  @Test
  void looksUpNothingWhereTheBotHasNoHold() {
    holds.lookAll(Map.of(ONE, TAG, TWO, UNKNOWN));

    assertThat(holds.isFree(ONE)).isTrue();
    assertThat(holds.isFree(TWO)).isTrue();
    assertThat(looks.keys).isEmpty();
    assertThat(looks.versionsRead).isEqualTo(1);
  }

  @Test
  void callsNothingFreeThatItHasNotLookedUp() {
    holds.keepKnown();

    assertThat(holds.isFree(ONE)).isFalse();
  }

  @Test
  void keepsAConversationByAHoldOnIt() {
    place("h-1", on(ONE));

    assertThat(reason(holds.look(ONE, TAG))).contains(Reason.HELD);
    assertThat(holds.look(TWO, TAG)).isEmpty();
    assertThat(holds.isFree(ONE)).isFalse();
    assertThat(holds.isFree(TWO)).isTrue();
  }

  @Test
  void keepsAllOfAChannelUserByOneLookForAll() {
    place("h-1", new HeldChannelUser(USER));
    Map<ConversationId, Optional<ChannelUserTag>> many = new LinkedHashMap<>();
    IntStream.range(0, 50).forEach(i -> many.put(new ConversationId("c-" + i), TAG));
    inWork.addAll(many.keySet());

    holds.lookAll(many);

    assertThat(many.keySet()).noneMatch(holds::isFree);
    assertThat(looks.keys).filteredOn(HoldKey.OfUser.class::isInstance).hasSize(1);
    assertThat(looks.keys).filteredOn(HoldKey.OfConversation.class::isInstance).hasSize(50);
    assertThat(reason(holds.look(ONE, OTHER))).isEmpty();
  }

  @Test
  void keepsWhatIsOfAnUnknownUserWhileHoldsOnUsersStand() {
    place("h-1", on(TWO));
    assertThat(holds.look(ONE, UNKNOWN)).as("no hold is on a user").isEmpty();

    place("h-2", new HeldChannelUser(USER));
    elapsed = elapsed.plusSeconds(16);
    holds.keepKnown();

    assertThat(holds.isFree(ONE)).isFalse();
    assertThat(reason(holds.kept(ONE))).contains(Reason.USER_UNKNOWN);
  }

  @Test
  void tellsThatOnlyConfidentialHoldsKeepIt() {
    place("h-1", on(ONE), true);
    place("h-2", new HeldChannelUser(USER), true);

    assertThat(reason(holds.look(ONE, TAG))).contains(Reason.HELD_IN_CONFIDENCE);
    assertThat(reason(holds.look(TWO, UNKNOWN))).contains(Reason.HELD_IN_CONFIDENCE);

    place("h-3", on(ONE));
    elapsed = elapsed.plusSeconds(16);
    assertThat(reason(holds.look(ONE, TAG))).contains(Reason.HELD);
  }

  @Test
  void namesAllHoldsThatKeepIt() {
    place("h-1", on(ONE));
    place("h-2", on(ONE, TWO));
    place("h-3", new HeldChannelUser(USER));

    assertThat(holds.look(ONE, TAG).orElseThrow().holds())
        .containsExactlyInAnyOrder(new HoldId("h-1"), new HoldId("h-2"), new HoldId("h-3"));
  }

  @Test
  void takesANewVersionForKnownOnlyOnceAllInWorkIsLookedUpAnew() {
    holds.lookAll(Map.of(ONE, TAG, TWO, TAG));
    place("h-1", on(ONE));
    elapsed = Duration.ofSeconds(16);
    looks.afterALook = () -> assertThat(holds.isGood()).as("by the version before").isTrue();

    holds.keepKnown();

    assertThat(holds.isFree(ONE)).isFalse();
    assertThat(holds.isFree(TWO)).isTrue();
    assertThat(looks.keys).filteredOn(HoldKey.OfConversation.class::isInstance).hasSize(2);
  }

  @Test
  void isNoLongerGoodIfTheLookUpsAfterANewVersionTakeTooLong() {
    holds.look(ONE, TAG);
    place("h-1", on(TWO));
    elapsed = Duration.ofSeconds(16);
    looks.afterALook =
        () -> {
          elapsed = Duration.ofSeconds(21);
          assertThat(holds.isGood()).isFalse();
        };

    holds.keepKnown();

    assertThat(holds.isGood()).as("as the new version was asked for five seconds ago").isTrue();
  }

  @Test
  void looksAgainIfTheVersionChangesWhileALookIsUnderWay() {
    place("h-1", on(TWO));
    holds.keepKnown();
    looks.afterALook =
        () -> {
          place("h-2", on(ONE));
          elapsed = Duration.ofSeconds(16);
          holds.keepKnown();
        };

    assertThat(reason(holds.look(ONE, TAG))).contains(Reason.HELD);
  }

  @Test
  void dropsWhatIsNotInWorkAnyMoreOnceTheVersionChanges() {
    holds.lookAll(Map.of(ONE, TAG, TWO, TAG));
    inWork.remove(ONE);
    place("h-1", on(ONE));
    elapsed = Duration.ofSeconds(16);
    holds.keepKnown();

    assertThat(holds.isFree(ONE)).isFalse();
    assertThat(holds.kept(ONE)).as("it was not looked up anew").isEmpty();
  }

  @Test
  void takesAVersionThatGoesBackForANewOne() {
    place("h-1", on(TWO));
    place("h-2", on(TWO));
    holds.look(ONE, TAG);
    place("h-3", on(ONE));
    HoldsOfBot restored = stored.find(BOT);
    looks.answer =
        Optional.of(new HoldsOfBot(1, restored.all(), restored.onUsers(), restored.openOnUsers()));
    elapsed = Duration.ofSeconds(16);

    holds.keepKnown();

    assertThat(holds.isFree(ONE)).isFalse();
  }

  @Test
  void keepsByAReleasedHoldUntilItEnds() {
    Hold hold = place("h-1", on(ONE));
    release(hold, Duration.ofMinutes(1));

    Kept kept = holds.look(ONE, TAG).orElseThrow();
    assertThat(kept.endsByItself()).isTrue();

    elapsed = Duration.ofMinutes(1);
    assertThat(holds.look(ONE, TAG)).isEmpty();
  }

  @Test
  void keepsWhatIsOfAnUnknownUserUntilAReleasedHoldOnAUserEnds() {
    Hold hold = place("h-1", new HeldChannelUser(USER));
    release(hold, Duration.ofMinutes(1));

    assertThat(holds.look(ONE, UNKNOWN).orElseThrow().endsByItself()).isTrue();
    elapsed = Duration.ofMinutes(1);
    assertThat(holds.look(ONE, UNKNOWN)).isEmpty();
  }

  @Test
  void tellsByWhichVersionSomethingIsKept() {
    place("h-1", on(ONE));
    place("h-2", on(TWO));

    assertThat(holds.look(ONE, TAG).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void leavesWhatIsKnownGoodForItsTimeIfAReadFails() {
    holds.look(ONE, TAG);
    elapsed = Duration.ofSeconds(16);
    looks.failure = Optional.of(new IllegalStateException("out of reach"));

    assertThatThrownBy(holds::keepKnown).isSameAs(looks.failure.get());

    assertThat(holds.isGood()).isTrue();
    assertThat(holds.isFree(ONE)).isTrue();
    elapsed = Duration.ofSeconds(21);
    assertThat(holds.isGood()).isFalse();
  }
}
