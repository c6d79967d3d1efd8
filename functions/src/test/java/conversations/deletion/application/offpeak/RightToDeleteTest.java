package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.StandingHold;
import conversations.deletion.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a worker may not delete any more because it may not know of a hold. */
class RightToDeleteTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId ONE = new ConversationId("c-1");

  private final OneJob job = new OneJob(Jobs.queued(BOT, 1, NOW), List.of(ONE));
  private final KnownHolds known =
      new KnownHolds(
          BOT,
          new SlowLooks(),
          new RunTime(
              new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC),
              job.clocks,
              Duration.ofMinutes(15)),
          _ -> true,
          1);
  private final RightToDelete right = new RightToDelete(job.lease(), known);
  private Duration aReadTakes = Duration.ZERO;
  private boolean areLooksInVain;

  @Test
  void deletesNothingMoreThanTwentySecondsAfterItAskedForTheHolds() {
    aReadTakes = Duration.ofSeconds(6);
    right.keepAlive();

    job.pass(Duration.ofSeconds(14));
    assertThatCode(right::requireTimeToDelete).doesNotThrowAnyException();

    job.pass(Duration.ofSeconds(1));
    assertThatThrownBy(right::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void deletesNothingWhereANewVersionWasReadAndWhatIsInWorkWasNotLookedUp() {
    known.look(ONE, Optional.empty());
    holdAnother();
    areLooksInVain = true;
    job.pass(Duration.ofSeconds(16));

    assertThatThrownBy(right::keepAlive).isInstanceOf(IllegalStateException.class);

    job.pass(Duration.ofSeconds(5));
    assertThatThrownBy(right::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  private void holdAnother() {
    Hold hold =
        Hold.placed(
            BOT,
            new HoldId("h-1"),
            new HoldRequest(
                new HeldConversations(List.of(new ConversationId("c-9"))),
                new HoldReason("a case"),
                Optional.empty(),
                false),
            NOW,
            new ClientAppId("holders"));
    job.holds.add(hold);
    job.holds.promise(hold, NOW.plusSeconds(30), Optional.empty());
  }

  private final class SlowLooks implements HoldLooks {

    @Override
    public HoldsOfBot find(BotId bot) {
      HoldsOfBot found = job.holds.find(bot);
      job.pass(aReadTakes);
      return found;
    }

    @Override
    public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
      if (areLooksInVain) {
        throw new IllegalStateException("out of reach");
      }
      return job.holds.on(bot, key, now);
    }
  }
}
