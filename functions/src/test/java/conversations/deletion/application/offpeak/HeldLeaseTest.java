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
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.testing.RecordedLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration TERM = Duration.ofSeconds(60);
  private static final Duration RESERVE = Duration.ofSeconds(8);

  private final List<Instant> renewedUntil = new ArrayList<>();
  private final List<Duration> extendedBy = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private Duration saveTakes = Duration.ZERO;
  private Duration functionTime = Duration.ofMinutes(15);
  private boolean queueFails;

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
  void isNotRenewedWhereTheRunHasNoTimeToUseIt() {
    functionTime = Duration.ofSeconds(45);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = functionTime.minus(RESERVE);
    lease.keepAlive();

    assertThat(renewedUntil).isEmpty();
  }

  @Test
  void isConfirmedBeforeWhatCannotBeTakenBackEvenAtTheEndOfTheRun() {
    functionTime = Duration.ofSeconds(45);
    HeldLease lease = lease(Duration.ZERO);

    elapsed = functionTime;
    lease.confirm();

    assertThat(renewedUntil).hasSize(1);
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
            Optional.empty());
    OffPeakWindow always = new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
    EngineSettings settings =
        EngineSettings.of(
            always,
            engine -> {
              engine.leaseTerm = TERM;
              engine.deleteReserve = RESERVE;
            });
    JobLeases leases =
        port(
            JobLeases.class,
            (_, _, arguments) -> {
              renewedUntil.add((Instant) arguments[2]);
              elapsed = elapsed.plus(saveTakes);
              return ((LeasedJob) arguments[0]).with(job);
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
    return new HeldLease(
        leases,
        queue,
        new HeldMessage(
            messages,
            new JobMessage("m-1", "r-1", "{}", job.ref()),
            TERM,
            this::nanos,
            leasedAt.toNanos(),
            new RecordedLog()),
        new RunTime(always, new Clocks(this::now, this::nanos, _ -> {}), functionTime),
        settings,
        new LeasedJob(job, 1),
        leasedAt.toNanos());
  }

  private Instant now() {
    return NOW.plus(elapsed);
  }

  private long nanos() {
    return elapsed.toNanos();
  }

  /** A port for a test that uses only one of its methods. */
  private static <T> T port(Class<T> type, InvocationHandler method) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, method));
  }
}
