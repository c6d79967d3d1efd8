package conversations.deletion.application.previews;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.reading.ReadRight;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.StandingHold;
import conversations.deletion.simulation.MemoryHolds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HoldsOfRunTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ChannelUserId USER = new ChannelUserId("u-1");
  private static final Optional<ChannelUserTag> OF_USER = Optional.of(ChannelUserTag.of(BOT, USER));
  private static final Optional<ChannelUserTag> OF_OTHER =
      Optional.of(ChannelUserTag.of(BOT, new ChannelUserId("u-2")));
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId TWO = new ConversationId("c-2");
  private static final Instant NOW = Instant.parse("2026-05-08T12:00:00Z");

  private final MemoryHolds holds = new MemoryHolds();
  private int looks;

  private void place(String id, HoldTarget target, boolean isConfidential) {
    Hold hold =
        Hold.placed(
            BOT,
            new HoldId(id),
            new HoldRequest(target, new HoldReason("r"), Optional.empty(), isConfidential),
            NOW,
            new ClientAppId("app-1"));
    holds.add(hold);
    holds.promise(hold, NOW, Optional.empty());
  }

  private HoldsOfRun ofRun(DeletionTarget target) {
    return new HoldsOfRun(
        new FreeToRead(), target, new CountedLooks(), new Clocks(() -> NOW, () -> 0, _ -> {}));
  }

  private HoldsOfRun ofListed() {
    return ofRun(new ListedConversations());
  }

  private final class CountedLooks implements HoldLooks {

    @Override
    public HoldsOfBot find(BotId bot) {
      looks++;
      return holds.find(bot);
    }

    @Override
    public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
      looks++;
      return holds.on(bot, key, now);
    }
  }

  private static final class FreeToRead implements ReadRight {

    @Override
    public BotId bot() {
      return BOT;
    }

    @Override
    public <T> T insist(Supplier<T> call) {
      return call.get();
    }

    @Override
    public void keepAlive() {}

    @Override
    public void requireTimeToRead() {}

    @Override
    public boolean hasTimeFor(Duration wait) {
      return true;
    }
  }

  @Test
  void aBotWithoutHoldsCostsOneLookARun() {
    HoldsOfRun run = ofListed();

    assertThat(run.keeping(ONE, OF_USER)).isEmpty();
    assertThat(run.keeping(TWO, Optional.empty())).isEmpty();
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void tellsWhatAHoldKeepsAndWhatIsHeldInConfidence() {
    place("case-1", new HeldConversations(List.of(ONE)), false);
    place("case-2", new HeldConversations(List.of(ONE, TWO)), true);
    HoldsOfRun run = ofListed();

    assertThat(run.keeping(ONE, OF_USER)).contains(Reason.HELD);
    assertThat(run.keeping(TWO, OF_USER)).contains(Reason.HELD_IN_CONFIDENCE);
    assertThat(run.keeping(new ConversationId("c-3"), Optional.empty())).isEmpty();
  }

  @Test
  void tellsWhatAHoldOnAChannelUserKeeps() {
    place("case-1", new HeldChannelUser(USER), false);
    HoldsOfRun run = ofListed();

    assertThat(run.keeping(ONE, OF_USER)).contains(Reason.HELD);
    assertThat(run.keeping(TWO, OF_OTHER)).isEmpty();
  }

  @Test
  void keepsWhatNobodyCanTellWhoseItIsWhileChannelUsersAreHeld() {
    place("case-1", new HeldChannelUser(USER), true);
    HoldsOfRun run = ofListed();
    assertThat(run.keeping(ONE, Optional.empty())).contains(Reason.HELD_IN_CONFIDENCE);

    place("case-2", new HeldChannelUser(USER), false);
    run = ofListed();
    assertThat(run.keeping(ONE, Optional.empty())).contains(Reason.USER_UNKNOWN);
    assertThat(run.keeping(ONE, Optional.of(ChannelUserTag.OF_SEVERAL)))
        .contains(Reason.USER_UNKNOWN);
  }

  @Test
  void looksOnceForTheChannelUserThatThePreviewIsAbout() {
    place("case-1", new HeldChannelUser(USER), false);
    HoldsOfRun run = ofRun(new ChannelUserConversations(USER, new DateRange(Instant.EPOCH, NOW)));
    looks = 0;

    assertThat(run.keeping(ONE, Optional.empty())).contains(Reason.HELD);
    assertThat(run.keeping(TWO, OF_OTHER)).contains(Reason.HELD);
    assertThat(looks).isEqualTo(3);
  }
}
