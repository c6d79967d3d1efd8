package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.UntoldJobs;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OwnerNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells owners of jobs that have ended, and closes the jobs. This is the one place where that
 * happens.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The owner's e-mail is sent after the end is stored and while the lease is held. It is
 *       marked as sent after the e-mail service accepted it. Trouble with it never changes the
 *       job's status. After a crash between "accepted" and the mark, or if the e-mail service did
 *       not answer, a second e-mail is sent, because e-mail services take no idempotency token.
 *   <li>An owner gets no more than so many e-mails an hour. The jobs that ended beyond them wait
 *       for an hour. The next e-mail that may be sent lists them, whichever job it is about.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class TellOwner {

  /** The most jobs of one e-mail. More make it unreadable, and take longer than a lease. */
  private static final int MOST_AT_ONCE = 500;

  /** Some may be held back if an owner may get no more e-mails than these. */
  private static final int FEW = 5;

  private static final Duration HELD_BACK_FOR = Duration.ofHours(1);

  private final NotifyOwner notifyOwner;
  private final UntoldJobs untold;
  private final JobLeases leases;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  public TellOwner(
      NotifyOwner notifyOwner,
      UntoldJobs untold,
      JobLeases leases,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.notifyOwner = notifyOwner;
    this.untold = untold;
    this.leases = leases;
    this.settings = settings;
    this.clocks = clocks;
    this.log = telemetry.log();
    this.metrics = telemetry.metrics();
  }

  /**
   * Sends the e-mail about a job that has ended, in one attempt, and gives the job back. The job is
   * then closed, unless the e-mail is tried again later.
   */
  void tell(HeldLease lease) {
    if (!lease.state().notification().isPending()) {
      // An earlier worker stored that, and died before it closed the job.
      lease.release(lease.state(), Optional.empty());
      return;
    }
    List<LeasedJob> rest = new ArrayList<>();
    List<OwnerNotification> told;
    try {
      told =
          notifyOwner.attempt(
              lease.job(),
              left -> left < FEW ? leaseRest(lease.job(), rest) : List.of(),
              lease::confirm);
    } catch (RuntimeException e) {
      // Nothing was sent. A later look sends it.
      rest.forEach(this::giveBack);
      if (!(e instanceof OutOfTimeException)) {
        throw e;
      }
      lease.release(lease.state(), Optional.of(clocks.now()));
      return;
    }
    close(lease, after(lease.job(), told.getFirst()));
    for (int i = 0; i < rest.size(); i++) {
      close(rest.get(i), after(rest.get(i).job(), told.get(i + 1)));
    }
  }

  /**
   * Takes the leases of the bot's other jobs of which its owner is to be told.
   *
   * @param rest takes what was leased, also if a later one can't be
   */
  private List<DeletionJob> leaseRest(DeletionJob job, List<LeasedJob> rest) {
    for (JobRef other : untold.find(job.bot(), MOST_AT_ONCE)) {
      if (!other.equals(job.ref())
          && other.bot().equals(job.bot())
          && leases.lease(other, clocks.now(), settings.leaseTerm())
              instanceof LeaseResult.Leased(LeasedJob leased)) {
        if (leased.isReadable() && leased.job().state().notification().isHeldBack()) {
          rest.add(leased);
        } else {
          giveBack(leased);
        }
      }
    }
    return rest.stream().map(LeasedJob::job).toList();
  }

  /** A failure leaves the job to a sweep, once its lease has run out. */
  private void giveBack(LeasedJob job) {
    attempt(job, () -> leases.giveBack(job, clocks.now(), Optional.empty()));
  }

  /**
   * What an attempt makes of a job.
   *
   * @param entry tells that the owner was not told
   * @param sweepAt when the e-mail is tried again; empty closes the job
   */
  private record After(JobState state, Optional<ChangeLogEntry> entry, Optional<Instant> sweepAt) {}

  private After after(DeletionJob job, OwnerNotification told) {
    metrics.add(Metric.ofNotification(told.status()), 1);
    Instant now = clocks.now();
    JobState state = job.state().with(told);
    Duration wait = told.isHeldBack() ? HELD_BACK_FOR : LaterAttempt.delayAfter(told.attempts());
    return new After(
        state,
        ChangeLogEntry.ownerNotNotified(job.with(state), now),
        told.isPending() ? Optional.of(now.plus(wait)) : Optional.empty());
  }

  private static void close(HeldLease lease, After after) {
    if (after.entry().isPresent()) {
      lease.save(after.state(), after.entry());
    }
    lease.release(after.state(), after.sweepAt());
  }

  private void close(LeasedJob job, After after) {
    attempt(
        job,
        () -> {
          if (after.entry().isPresent()) {
            Instant until = clocks.now().plus(settings.leaseTerm());
            leases.save(job, after.state(), until, after.entry());
          }
          leases.release(job, after.state(), after.sweepAt());
        });
  }

  private void attempt(LeasedJob job, Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      log.warn("job_not_given_back", OperatorLog.of(job.job().ref()), e);
    }
  }
}
