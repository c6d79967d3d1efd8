package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.offpeak.InHand.Taking;
import conversations.deletion.application.offpeak.TakeJobs.Taken;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryChunks;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.simulation.MemoryJobs;
import conversations.deletion.simulation.MemoryQueue;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class InHandTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final DeletionJob OTHER_JOB = Jobs.queued(BOT, 2, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId TWO = new ConversationId("c-2");

  private double takenSoon = 10_000;
  private Duration elapsed = Duration.ZERO;
  private Runnable meanwhile = () -> {};
  private final Clocks clocks = new Clocks(this::now, this::nanos, this::pause);
  private final InHand inHand = new InHand(_ -> takenSoon, clocks);
  private final Hand hand = inHand.open(JOB);
  private final Hand other = inHand.open(OTHER_JOB);

  @Test
  void aConversationIsInOneHandAtATimeWhateverJobsAreAboutIt() {
    assertThat(hand.take(ONE)).isEqualTo(Taking.TAKEN);
    assertThat(hand.take(ONE)).as("it has it").isEqualTo(Taking.TAKEN);
    assertThat(other.take(ONE)).isEqualTo(Taking.IN_ANOTHER_HAND);
    assertThat(inHand.open(JOB).take(ONE)).isEqualTo(Taking.IN_ANOTHER_HAND);

    other.letGo(ONE);
    assertThat(other.take(ONE)).as("it was not its own to give").isEqualTo(Taking.IN_ANOTHER_HAND);

    hand.close();
    assertThat(other.take(ONE)).isEqualTo(Taking.TAKEN);
  }

  @Test
  void noMoreKeysAreInHandThanTheTableTakesSoonWhateverComes() {
    Random random = new Random(7);
    Set<ConversationId> held = new HashSet<>();
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      takenSoon = i % 1_000 == 0 ? random.nextInt(1, 10_000) : takenSoon;
      ConversationId one = new ConversationId("c-" + random.nextInt(200));
      if (held.contains(one) && random.nextInt(3) == 0) {
        hand.letGo(one);
        held.remove(one);
      } else if (held.contains(one)) {
        boolean grew = hand.grow(one, hand.room(one) + random.nextInt(1_000));
        assertThat(!grew || held.size() == 1 || keys(held) <= takenSoon).isTrue();
      } else if (hand.take(one) == Taking.TAKEN) {
        held.add(one);
        assertThat(held.size() == 1 || keys(held) <= takenSoon).isTrue();
        hand.read(one, random.nextInt(hand.room(one) + 1));
      }
      most = Math.max(most, held.size());
    }
    assertThat(most).as("many were in hand at a time").isGreaterThan(5);
  }

  private int keys(Set<ConversationId> held) {
    return held.stream().mapToInt(hand::room).sum();
  }

  @Test
  void oneConversationMayHaveMoreIfNothingElseIsInHand() {
    takenSoon = 1;

    assertThat(hand.take(ONE)).isEqualTo(Taking.TAKEN);
    assertThat(hand.grow(ONE, 9_000)).isTrue();
    assertThat(other.take(TWO)).isEqualTo(Taking.NO_ROOM);

    hand.letGo(ONE);
    assertThat(other.take(TWO)).isEqualTo(Taking.TAKEN);
  }

  @Test
  void aConversationThatIsReadAloneHasNoMoreKeysThanTheMemoryHasRoomFor() {
    takenSoon = 10;
    hand.take(ONE);

    assertThat(hand.growAlone(ONE, 9_000)).as("more than soon").isTrue();
    assertThat(hand.growAlone(ONE, 1_000_000)).isFalse();
    assertThat(hand.room(ONE)).isEqualTo(9_000);
  }

  @Test
  void nothingIsTakenInHandWhileTheTableTakesNothing() {
    takenSoon = 0;

    assertThat(hand.take(ONE)).isEqualTo(Taking.NO_ROOM);
  }

  @Test
  void aFailedAttemptToGrowKeepsTheRoomAsItWas() {
    takenSoon = 6_000;
    hand.take(ONE);
    other.take(TWO);
    int room = hand.room(ONE);

    assertThat(hand.grow(ONE, 5_000)).isFalse();
    assertThat(hand.room(ONE)).isEqualTo(room);
  }

  @Test
  void anEmptyHandWaitsAndGoesOnOnceThereIsRoom() {
    takenSoon = 1;
    other.take(TWO);
    meanwhile =
        () -> {
          if (elapsed.compareTo(Duration.ofSeconds(5)) >= 0) {
            other.close();
          }
        };

    JobConversation taken =
        hand.awaitOneOf(List.of(JobConversation.pending(ONE)), lease()).orElseThrow();

    assertThat(taken.conversation()).isEqualTo(ONE);
    assertThat(hand.isEmpty()).isFalse();
    assertThat(elapsed).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
  }

  @Test
  void anEmptyHandTakesTheFirstThatIsInNoOtherHand() {
    other.take(ONE);

    JobConversation taken =
        hand.awaitOneOf(
                List.of(JobConversation.pending(ONE), JobConversation.pending(TWO)), lease())
            .orElseThrow();

    assertThat(taken.conversation()).isEqualTo(TWO);
    assertThat(elapsed).isZero();
  }

  @Test
  void anEmptyHandWaitsNoLongerThanTheRunLasts() {
    other.take(ONE);
    HeldLease lease = lease();

    assertThatThrownBy(() -> hand.awaitOneOf(List.of(JobConversation.pending(ONE)), lease))
        .isInstanceOf(OutOfTimeException.class);
    assertThat(hand.isEmpty()).isTrue();
  }

  @Test
  void aHandThatHoldsSomethingNeverWaits() {
    hand.take(ONE);
    HeldLease lease = lease();
    List<JobConversation> free = List.of(JobConversation.pending(TWO));

    assertThatThrownBy(() -> hand.awaitOneOf(free, lease))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherJobsDeletionIsRememberedForAMinute() {
    hand.take(ONE);
    hand.deleted(ONE);
    hand.letGo(ONE);

    elapsed = Duration.ofMinutes(1);
    touch(TWO);
    assertThat(isAfterAnotherJob(OTHER_JOB)).isTrue();
    assertThat(isAfterAnotherJob(JOB)).as("its own").isFalse();

    elapsed = elapsed.plusMillis(1);
    touch(TWO);
    assertThat(isAfterAnotherJob(OTHER_JOB)).isFalse();
  }

  @Test
  void whatBothJobsDeletedIsNoOtherJobsForEither() {
    hand.take(ONE);
    hand.deleted(ONE);
    hand.letGo(ONE);
    other.take(ONE);
    other.deleted(ONE);
    other.letGo(ONE);

    assertThat(isAfterAnotherJob(JOB)).isFalse();
    assertThat(isAfterAnotherJob(OTHER_JOB)).isFalse();
    assertThat(isAfterAnotherJob(Jobs.queued(BOT, 3, NOW))).isTrue();
  }

  /** Deletes another conversation, too. */
  private void touch(ConversationId conversation) {
    try (Hand some = inHand.open(JOB)) {
      some.take(conversation);
      some.deleted(conversation);
    }
  }

  private boolean isAfterAnotherJob(DeletionJob job) {
    try (Hand some = inHand.open(job)) {
      assertThat(some.take(ONE)).isEqualTo(Taking.TAKEN);
      return some.isAfterAnotherJob(ONE);
    }
  }

  private HeldLease lease() {
    MemoryJobs jobs = new MemoryJobs(new MemoryChunks(), Duration.ofDays(90), this::now, Lags.NONE);
    jobs.submit(JOB, List.of(), ChangeLogEntry.submitted(JOB), NOW);
    OffPeakWindow always = new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
    EngineSettings settings = EngineSettings.of(always, _ -> {});
    MemoryQueue queue = new MemoryQueue(this::now, 10, _ -> 0);
    RunTime time = new RunTime(always, clocks, Duration.ofMinutes(15));
    Taken.Held held =
        (Taken.Held)
            new TakeJobs(jobs, queue, queue, settings, clocks, _ -> false, new RecordedLog())
                .take(
                    new JobMessage("m-1", "r-1", "{}", JOB.ref()),
                    new Run(time, new RunHolds(new MemoryHolds(), time, inHand, 1)));
    return held.lease();
  }

  private void pause(Duration duration) {
    elapsed = elapsed.plus(duration);
    meanwhile.run();
  }

  private Instant now() {
    return NOW.plus(elapsed);
  }

  private long nanos() {
    return elapsed.toNanos();
  }
}
