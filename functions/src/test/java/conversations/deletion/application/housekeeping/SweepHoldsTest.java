package conversations.deletion.application.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SweepHoldsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final Instant PLACED = Instant.parse("2026-05-08T12:00:00Z");
  private static final Instant REVIEW = PLACED.plus(Duration.ofDays(90));

  private final MemoryHolds holds = new MemoryHolds();
  private final RecordedLog log = new RecordedLog();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private Instant now = REVIEW;
  private Duration timeLeft = Duration.ofMinutes(2);

  private int run() {
    return run(holds);
  }

  private int run(HoldSweeps sweeps) {
    return new SweepHolds(sweeps, () -> now, log, metrics).run(() -> timeLeft);
  }

  private Hold place(String id) {
    HoldRequest request =
        new HoldRequest(
            new HeldConversations(List.of(new ConversationId("canary-1"))),
            new HoldReason("A canary sang"),
            Optional.of(REVIEW),
            false);
    Hold hold = Hold.placed(BOT, new HoldId(id), request, PLACED, APP);
    holds.add(hold);
    holds.promise(hold, PLACED, Optional.empty());
    return hold.heldFrom(PLACED);
  }

  private void releaseInPart(Hold hold) {
    holds.releaseInPart(hold.released(new Hold.Release(PLACED, APP, REVIEW)), Optional.empty());
  }

  @Test
  void tellsOfAReviewOnceAndTheHoldStands() {
    Hold hold = place("case-canary");
    now = REVIEW.minusMillis(1);
    assertThat(run()).isZero();
    now = REVIEW;

    assertThat(run()).isEqualTo(1);
    assertThat(run()).isZero();

    assertThat(metrics.reports()).containsExactly(Map.of(Metric.HOLDS_TO_REVIEW, 1L));
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("hold_to_review");
              assertThat(line.fields()).isEqualTo(Map.of("botId", "st-1"));
            });
    assertThat(holds.find(BOT, hold.id())).contains(hold);
    assertThat(holds.find(BOT).all().count()).isEqualTo(1);
  }

  @Test
  void seesAReleaseThroughThatItsCallerDidNot() {
    releaseInPart(place("h-1"));

    assertThat(run()).isEqualTo(1);
    assertThat(run()).isZero();

    assertThat(holds.find(BOT).all().count()).isZero();
    assertThat(holds.find(BOT).version()).isEqualTo(2);
    assertThat(metrics.reports()).isEmpty();
    assertThat(log.lines())
        .singleElement()
        .matches(line -> line.event().equals("hold_release_finished"));
  }

  @Test
  void oneThatFailsHoldsUpNoOther() {
    Hold first = place("h-1");
    Hold second = place("h-2");
    HoldSweeps failing =
        new HoldSweeps() {
          @Override
          public Stream<Hold> due(Instant moment) {
            return Stream.of(first, second);
          }

          @Override
          public void finishRelease(Hold released) {
            throw new AssertionError();
          }

          @Override
          public void reviewed(Hold hold) {
            if (hold.equals(first)) {
              throw new IllegalStateException("out of reach");
            }
          }
        };

    assertThat(run(failing)).isEqualTo(1);

    assertThat(log.lines())
        .extracting(RecordedLog.Line::event)
        .containsExactly("hold_to_review", "hold_not_swept", "hold_to_review");
  }

  @Test
  void beginsNothingThatTheFunctionMightNotLiveToFinish() {
    place("h-1");
    timeLeft = Duration.ofSeconds(20);

    assertThat(run()).isZero();
  }
}
