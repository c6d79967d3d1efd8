package conversations.deletion.application.holds;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.holds.PlaceHold.IsAnother;
import conversations.deletion.application.holds.PlaceHold.Placed;
import conversations.deletion.application.holds.PlaceHold.Placing;
import conversations.deletion.application.holds.PlaceHold.WasReleased;
import conversations.deletion.application.port.HoldReads.HoldPage;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaceHoldTest {

  private static final BotId BOT = new BotId("st-1");
  private static final HoldId ID = new HoldId("case-17");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final Instant START = Instant.parse("2026-05-08T12:00:00.000Z");
  private static final HoldRequest REQUEST = request(false, "c-1", "c-2");

  private final MemoryHolds memory = new MemoryHolds();
  private final SlowHolds holds = new SlowHolds();
  private final RecordedLog log = new RecordedLog();
  private Instant now = START;
  private long nanos;
  private Duration promiseTakes = Duration.ZERO;
  private Runnable beforePromise = () -> {};

  private final PlaceHold placeHold =
      new PlaceHold(holds, new Clocks(() -> now, () -> nanos, _ -> {}), log);

  private static HoldRequest request(boolean isConfidential, String... ids) {
    return new HoldRequest(
        new HeldConversations(Stream.of(ids).map(ConversationId::new).toList()),
        new HoldReason("An inquiry about Ms Doe"),
        Optional.empty(),
        isConfidential);
  }

  private Placing place(HoldRequest request) {
    return placeHold.place(BOT, ID, request, APP);
  }

  private Hold placed() {
    return ((Placed) place(REQUEST)).hold();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Holds whose promise takes time. */
  private final class SlowHolds implements Holds {

    @Override
    public Optional<Hold> add(Hold hold) {
      return memory.add(hold);
    }

    @Override
    public boolean promise(Hold hold, Instant heldFrom, Optional<ChangeLogEntry> entry) {
      beforePromise.run();
      pass(promiseTakes);
      promiseTakes = Duration.ZERO;
      return memory.promise(hold, heldFrom, entry);
    }

    @Override
    public Hold release(Hold released, Optional<ChangeLogEntry> entry) {
      return memory.release(released, entry);
    }

    @Override
    public Optional<Hold> find(BotId bot, HoldId id) {
      return memory.find(bot, id);
    }

    @Override
    public HoldPage list(BotId bot, Optional<HoldId> after, int limit) {
      return memory.list(bot, after, limit);
    }
  }

  @Test
  void holdsFromThirtySecondsOn() {
    assertThat(place(REQUEST))
        .isEqualTo(
            new Placed(
                Hold.placed(BOT, ID, REQUEST, START, APP).heldFrom(START.plusSeconds(30)), true));
    assertThat(memory.find(BOT).version()).isEqualTo(1);
    assertThat(memory.changeLog())
        .extracting(ChangeLogEntry::message)
        .containsExactly("Hold case-17 placed on 2 conversations.");
  }

  @Test
  void answersTheSameRequestAgainAsItWasAnsweredFirst() {
    Hold first = placed();
    pass(Duration.ofSeconds(1));

    assertThat(place(request(false, "c-2", "c-1", "c-2"))).isEqualTo(new Placed(first, false));
    pass(Duration.ofDays(400));
    assertThat(place(REQUEST)).isEqualTo(new Placed(first, false));
    assertThat(memory.find(BOT).version()).isEqualTo(1);
    assertThat(memory.changeLog()).hasSize(1);
  }

  @Test
  void refusesAnotherBodyForTheSameId() {
    placed();

    assertThat(place(request(false, "c-1"))).isEqualTo(new IsAnother());
    assertThat(place(request(true, "c-1", "c-2"))).isEqualTo(new IsAnother());
  }

  @Test
  void refusesTheIdOfAHoldThatWasReleased() {
    Hold hold = placed();
    memory.release(hold.released(new Hold.Release(now, APP, now)), Optional.empty());

    assertThat(place(REQUEST)).isEqualTo(new WasReleased());
    assertThat(place(request(false, "c-3"))).isEqualTo(new WasReleased());
  }

  @Test
  void seesThroughWhatWasCutShort() {
    memory.add(Hold.placed(BOT, ID, REQUEST, START, APP));
    pass(Duration.ofHours(1));

    assertThat(place(REQUEST))
        .isEqualTo(
            new Placed(
                Hold.placed(BOT, ID, REQUEST, START, APP)
                    .heldFrom(START.plus(Duration.ofHours(1)).plusSeconds(30)),
                true));
    assertThat(memory.find(BOT).all().count()).isEqualTo(1);
    assertThat(memory.changeLog()).hasSize(1);
  }

  /** At 20 s after the raise, a delete may still start by what was true before. */
  @Test
  void promisesAgainWhatTookTooLongToStore() {
    promiseTakes = Duration.ofSeconds(9).plusMillis(1);

    assertThat(placed().heldFrom()).contains(START.plusMillis(9001).plusSeconds(30));
    assertThat(memory.find(BOT).version()).isEqualTo(2);
    assertThat(memory.find(BOT).all().count()).isEqualTo(1);
    assertThat(memory.changeLog()).hasSize(1);
    assertThat(log.lines())
        .extracting(RecordedLog.Line::event)
        .containsExactly("hold_placed", "hold_promised_again");
  }

  @Test
  void judgesThatByTheMonotonicClock() {
    promiseTakes = Duration.ofSeconds(9);
    assertThat(placed().heldFrom()).contains(START.plusSeconds(30));
    assertThat(memory.find(BOT).version()).isEqualTo(1);
  }

  /** Whoever stored the promise may have died before finding that it took too long. */
  @Test
  void reliesOnNoStoredPromiseThatMayHaveBeenStoredLate() {
    placed();
    pass(Duration.ofSeconds(10));

    assertThat(placed().heldFrom()).contains(START.plusSeconds(40));
    pass(Duration.ofSeconds(9));
    assertThat(placed().heldFrom()).contains(START.plusSeconds(40));
    assertThat(memory.find(BOT).version()).isEqualTo(2);
  }

  @Test
  void placedTwiceAtOnceIsOneHold() {
    Placed[] other = new Placed[1];
    beforePromise =
        () -> {
          beforePromise = () -> {};
          other[0] = (Placed) place(REQUEST);
        };

    Placed mine = (Placed) place(REQUEST);

    assertThat(other[0].isNew()).isTrue();
    assertThat(mine).isEqualTo(new Placed(other[0].hold(), false));
    assertThat(memory.find(BOT).version()).isEqualTo(1);
    assertThat(memory.changeLog()).hasSize(1);
  }

  @Test
  void placedWhileItIsReleasedIsReleased() {
    beforePromise =
        () ->
            memory.release(
                memory.find(BOT, ID).orElseThrow().released(new Hold.Release(now, APP, now)),
                Optional.empty());

    assertThat(place(REQUEST)).isEqualTo(new WasReleased());
  }

  @Test
  void isToldToNobodyIfItIsConfidential() {
    place(request(true, "c-1"));

    assertThat(memory.changeLog()).isEmpty();
  }

  @Test
  void logsNeitherTheReasonNorTheId() {
    placed();

    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().toString()).doesNotContain("Doe", "case-17", "c-1");
    assertThat(log.lines().getFirst().fields())
        .isEqualTo(Map.of("botId", "st-1", "appId", "app-1"));
  }
}
