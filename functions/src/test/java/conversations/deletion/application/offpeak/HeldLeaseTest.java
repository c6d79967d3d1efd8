package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedLog.Line;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration TERM = Duration.ofSeconds(60);
  private static final Duration RESERVE = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Instant> renewedUntil = new ArrayList<>();
  private final List<Duration> extendedBy = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private Duration saveTakes = Duration.ZERO;
  private Duration functionTime = Duration.ofMinutes(15);
  private String hours = "*";
  private Terms terms = Terms.NONE;
  private Duration clockIsAhead = Duration.ZERO;
  private boolean queueFails;
  private boolean isReadable = true;
  private RuntimeException saveFails;
  private Runnable whileItSaves = () -> {};
  private final List<Duration> pauses = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();

  /** Passes by itself. */
  private static final class Outage extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void letsNoDeleteStartThatCouldOutlastTheLease() {
    HeldLease lease = lease(Duration.ZERO);

    elapsed = TERM.minus(RESERVE);
    assertThatCode(lease::requireTimeToDelete).doesNotThrowAnyException();
    elapsed = elapsed.plusMillis(1);
    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void letsNoDeleteStartThatCouldOutlastTheFunction() {
    functionTime = Duration.ofSeconds(30);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = functionTime.minus(RESERVE);
    assertThatCode(lease::requireTimeToDelete).doesNotThrowAnyException();
    elapsed = elapsed.plusMillis(1);
    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void letsNoDeleteStartBeforeTheJobsMoment() {
    terms = new Terms(Optional.empty(), Optional.of(NOW.plusSeconds(10)));
    HeldLease lease = lease(Duration.ZERO);

    elapsed = Duration.ofSeconds(10).minusMillis(1);
    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
    elapsed = Duration.ofSeconds(10);
    assertThatCode(lease::requireTimeToDelete).doesNotThrowAnyException();
  }

  @Test
  void letsNoDeleteStartBeforeTheJobsMomentThoughTheClockIsSetForwardOrBack() {
    terms = new Terms(Optional.empty(), Optional.of(NOW.plusSeconds(10)));
    HeldLease lease = lease(Duration.ZERO);

    clockIsAhead = Duration.ofHours(1);
    assertThat(lease.tooEarlyUntil()).contains(NOW.plusSeconds(10));
    elapsed = Duration.ofSeconds(10);
    clockIsAhead = Duration.ofSeconds(-1);
    assertThat(lease.tooEarlyUntil()).contains(NOW.plusSeconds(10));
    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void reckonsItsEndFromBeforeTheCallThatGotIt() {
    elapsed = Duration.ofSeconds(20);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = TERM.minus(RESERVE).plusMillis(1);

    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void reckonsItsEndFromBeforeTheCallThatRenewedIt() {
    HeldLease lease = lease(Duration.ZERO);
    saveTakes = TERM.minus(RESERVE).plusMillis(1);

    lease.save(lease.state(), Optional.empty());

    assertThatThrownBy(lease::requireTimeToDelete).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void isRenewedOnceHalfOfItIsGone() {
    HeldLease lease = lease(Duration.ZERO);

    elapsed = TERM.dividedBy(2);
    lease.keepAlive();
    assertThat(renewedUntil).isEmpty();

    elapsed = elapsed.plusMillis(1);
    lease.keepAlive();
    assertThat(renewedUntil).containsExactly(NOW.plus(elapsed).plus(TERM));

    elapsed = elapsed.plus(TERM).minus(RESERVE);
    assertThatCode(lease::requireTimeToDelete).doesNotThrowAnyException();
  }

  @Test
  void holdsUpNoDeleteWhileOneThreadRenewsIt() {
    HeldLease lease = lease(Duration.ZERO);
    elapsed = TERM.dividedBy(2).plusMillis(1);
    whileItSaves =
        () ->
            CompletableFuture.runAsync(
                    () -> {
                      lease.keepAlive();
                      lease.requireTimeToDelete();
                    })
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

    lease.keepAlive();

    assertThat(renewedUntil).hasSize(1);
  }

  @Test
  void isNotRenewedWhereTheRunHasNoTimeToUseIt() {
    functionTime = Duration.ofSeconds(45);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = functionTime.minus(RESERVE);
    lease.keepAlive();

    assertThat(renewedUntil).isEmpty();
  }

  @Test
  void isConfirmedBeforeAnEmailEvenAfterTheWindowHasClosed() {
    hours = "3";
    functionTime = Duration.ofHours(2);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = Duration.ofHours(1);
    lease.confirm();

    assertThat(renewedUntil).hasSize(1);
  }

  @Test
  void letsNoEmailStartWhoseAnswerTheFunctionCouldNotAwaitAndStore() {
    functionTime = Duration.ofSeconds(45);
    HeldLease lease = lease(Duration.ZERO);
    Duration mailTimeout = TERM.dividedBy(3);

    elapsed = functionTime.minus(mailTimeout).minus(RESERVE);
    assertThatCode(lease::confirm).doesNotThrowAnyException();
    elapsed = elapsed.plusMillis(1);
    assertThatThrownBy(lease::confirm).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void keepsItsMessageFromOthersForAsLongAsItself() {
    HeldLease lease = lease(Duration.ZERO);

    lease.save(lease.state(), Optional.empty());
    assertThat(extendedBy).isEmpty();

    elapsed = TERM.dividedBy(2).plusMillis(1);
    lease.save(lease.state(), Optional.empty());
    lease.save(lease.state(), Optional.empty());
    assertThat(extendedBy).containsExactly(TERM);
  }

  @Test
  void isHeldThoughItsMessageCannotBeKept() {
    queueFails = true;
    HeldLease lease = lease(Duration.ZERO);

    elapsed = TERM.minusSeconds(1);
    lease.keepAlive();

    assertThat(renewedUntil).hasSize(1);
    assertThatCode(lease::requireTimeToDelete).doesNotThrowAnyException();
  }

  @Test
  void aRenewalThatFailsForAnOutageIsTriedAgainAtTheNextOccasion() {
    HeldLease lease = lease(Duration.ZERO);
    elapsed = TERM.dividedBy(2).plusMillis(1);
    saveFails = new Outage();

    assertThatCode(lease::keepAlive).doesNotThrowAnyException();
    assertThat(log.lines()).extracting(Line::event).containsExactly("lease_not_renewed");
    assertThat(lease.isStateKnown()).as("it wrote what is stored").isTrue();

    saveFails = null;
    lease.keepAlive();
    assertThat(renewedUntil).containsExactly(NOW.plus(elapsed).plus(TERM));
  }

  @Test
  void aRenewalThatFailsIsAFailureOnceTheLeaseIsTooShortToDelete() {
    HeldLease lease = lease(Duration.ZERO);
    saveFails = new Outage();

    elapsed = TERM.minus(RESERVE).minusMillis(1);
    assertThatCode(lease::keepAlive).doesNotThrowAnyException();
    elapsed = TERM.minus(RESERVE);
    assertThatThrownBy(lease::keepAlive).isSameAs(saveFails);
  }

  @Test
  void aRenewalThatFailsForAnotherReasonIsAFailureAtOnce() {
    HeldLease lease = lease(Duration.ZERO);
    elapsed = TERM.dividedBy(2).plusMillis(1);
    saveFails = new IllegalStateException("refused");

    assertThatThrownBy(lease::keepAlive).isSameAs(saveFails);
  }

  @Test
  void progressMayBeStoredLateAndThenClearsTheFailures() {
    HeldLease lease = lease(Duration.ZERO);
    Counts counts = new Counts(1, 1, 0, 0, 3, 0, 0, 0, 0);
    saveFails = new Outage();

    assertThat(lease.saveProgress(counts)).isFalse();
    assertThat(lease.isStateKnown()).as("the write may have taken effect").isFalse();

    saveFails = null;
    elapsed = Duration.ofSeconds(5);
    assertThat(lease.saveProgress(counts)).isTrue();
    assertThat(lease.isStateKnown()).isTrue();
    assertThat(lease.state().counts()).isEqualTo(counts);
    assertThat(lease.state().stuckSince()).isEmpty();
  }

  @Test
  void insistsWithGrowingPausesUntilAnOutageIsOver() {
    HeldLease lease = lease(Duration.ZERO);
    int[] calls = {0};

    String answer = lease.insist(() -> answerFrom(++calls[0], 4));

    assertThat(answer).isEqualTo("answer");
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void insistsOnNothingThatFailsForAnotherReason() {
    HeldLease lease = lease(Duration.ZERO);
    IllegalStateException refused = new IllegalStateException("refused");

    assertThatThrownBy(
            () ->
                lease.insist(
                    () -> {
                      throw refused;
                    }))
        .isSameAs(refused);
    assertThat(pauses).isEmpty();
  }

  @Test
  void insistsNoLongerThanItHasPatience() {
    HeldLease lease = lease(Duration.ZERO);
    int[] calls = {0};

    assertThatThrownBy(() -> lease.insist(() -> answerFrom(++calls[0], Integer.MAX_VALUE)))
        .isInstanceOf(Outage.class);
    assertThat(elapsed).isBetween(PATIENCE.minusSeconds(4), PATIENCE);
    assertThat(pauses).allMatch(one -> one.compareTo(Duration.ofSeconds(4)) <= 0);
  }

  @Test
  void keepsTheLeaseWhileItInsists() {
    HeldLease lease = lease(Duration.ZERO);
    elapsed = TERM.dividedBy(2);
    int[] calls = {0};

    lease.insist(() -> answerFrom(++calls[0], 2));

    assertThat(renewedUntil).containsExactly(NOW.plus(elapsed).plus(TERM));
  }

  @Test
  void insistsNoLongerThanTheRunHasTime() {
    functionTime = Duration.ofSeconds(20);
    HeldLease lease = lease(Duration.ZERO);
    int[] calls = {0};

    assertThatThrownBy(() -> lease.insist(() -> answerFrom(++calls[0], Integer.MAX_VALUE)))
        .isInstanceOf(OutOfTimeException.class);
    assertThat(elapsed).isLessThan(functionTime);
  }

  @Test
  void whatStandsForUnreadablePartsIsNotStoredByARenewal() {
    isReadable = false;
    HeldLease lease = lease(Duration.ZERO);

    elapsed = TERM.minusMillis(1);
    lease.keepAlive();

    assertThat(renewedUntil).isEmpty();
  }

  /** Fails for an outage until the n-th call. */
  private static String answerFrom(int call, int first) {
    if (call < first) {
      throw new Outage();
    }
    return "answer";
  }

  private HeldLease lease(Duration leasedAt) {
    BotId bot = new BotId("st-1");
    DeletionJob job =
        new DeletionJob(
            bot,
            JobId.of(bot, new ClientAppId("app"), "1"),
            new ClientAppId("app"),
            new ListedConversations(),
            NOW,
            JobState.submitted(NOW, 1),
            Optional.empty(),
            terms);
    OffPeakWindow window = new OffPeakWindow(OffPeakHours.parse(hours), ZoneOffset.UTC);
    EngineSettings settings =
        EngineSettings.of(
            window,
            engine -> {
              engine.leaseTerm = TERM;
              engine.deleteReserve = RESERVE;
              engine.outagePatience = PATIENCE;
            });
    JobLeases leases =
        port(
            JobLeases.class,
            (_, _, arguments) -> {
              if (saveFails != null) {
                throw saveFails;
              }
              whileItSaves.run();
              renewedUntil.add((Instant) arguments[2]);
              elapsed = elapsed.plus(saveTakes);
              LeasedJob before = (LeasedJob) arguments[0];
              return before.with(before.job().with((JobState) arguments[1]));
            });
    JobMessages messages =
        port(
            JobMessages.class,
            (_, _, arguments) -> {
              if (queueFails) {
                throw new IllegalStateException("the queue does not answer");
              }
              extendedBy.add((Duration) arguments[1]);
              return null;
            });
    JobQueue queue = _ -> {};
    RunTime time =
        new RunTime(window, new Clocks(this::now, this::nanos, this::pause), functionTime);
    Outages outages = Outage.class::isInstance;
    return new HeldLease(
        leases,
        new HeldMessage(
            messages,
            queue,
            new JobMessage("m-1", "r-1", "{}", job.ref()),
            TERM,
            this::nanos,
            leasedAt.toNanos(),
            log),
        new Patience(outages, settings.outagePatience(), time.clocks(), log),
        new Run(time, new RunHolds(new MemoryHolds(), time, new InHand(_ -> 0, time.clocks()), 1)),
        settings,
        new LeasedJob(job, 1, isReadable),
        leasedAt.toNanos());
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    elapsed = elapsed.plus(duration);
  }

  private Instant now() {
    return NOW.plus(elapsed).plus(clockIsAhead);
  }

  private long nanos() {
    return elapsed.toNanos();
  }

  /** A port for a test that uses only one of its methods. */
  private static <T> T port(Class<T> type, InvocationHandler method) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, method));
  }
}
