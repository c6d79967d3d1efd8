package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobLeases.SweepableJob;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.ForeignMessage;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobMessages.Message;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Takes waiting jobs from the queue, a few at a time, and deletes what they ask for, until none
 * waits, the off-peak window closes or the function's time is up.
 *
 * <p>Invariant: the job table is the truth and the queue only a hint. Every job that is not closed
 * has a moment at which a sweep looks at it, so a message may be lost, removed or repeated at any
 * point without a job being lost or worked on by two.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class RunOffPeakDeletions {

  private static final int SWEEP_LIMIT = 100;
  private static final int FORGET_LIMIT = 25;

  /** A run that fails to lease so many jobs gives up: the messages are not to blame for it. */
  private static final int MAX_FAILED_LEASES = 3;

  private final JobLeases leases;
  private final JobChunks chunks;
  private final JobQueue queue;
  private final JobMessages messages;
  private final OffPeakWindow window;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final OperatorLog log;
  private final Figures figures;
  private final JobWorker worker;

  /**
   * @param nanoTime the monotonic clock, in nanoseconds
   * @param backoff how long to wait after a record's n-th failed delete, n from 1
   */
  public RunOffPeakDeletions(
      JobLeases leases,
      JobChunks chunks,
      JobQueue queue,
      JobMessages messages,
      ConversationRecords records,
      Bots bots,
      OwnerMail mail,
      OffPeakWindow window,
      EngineSettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
      IntFunction<Duration> backoff,
      Pause pause,
      OperatorLog log,
      Figures figures) {
    this.leases = leases;
    this.chunks = chunks;
    this.queue = queue;
    this.messages = messages;
    this.window = window;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
    this.figures = figures;
    ConversationReader reader = new ConversationReader(records, clock);
    ConversationEraser eraser =
        new ConversationEraser(
            reader,
            new RecordDeleter(records, settings, backoff, pause, nanoTime, figures),
            settings);
    this.worker =
        new JobWorker(
            chunks,
            eraser,
            new Discovery(records, reader, eraser, settings),
            new NotifyOwner(bots, mail, clock, log, figures),
            window,
            settings,
            clock,
            pause,
            log,
            figures);
  }

  /**
   * Does one run.
   *
   * @param functionTime how long the run may take
   * @throws RuntimeException if no more jobs could be taken; it is logged
   */
  public RunSummary run(Duration functionTime) {
    long begun = nanoTime.getAsLong();
    RunTally tally = new RunTally(figures);
    try {
      takeJobs(new RunTime(window, clock, nanoTime, functionTime), tally);
    } catch (RuntimeException e) {
      log.error("run_failed", fields(summary(tally), begun), e);
      throw e;
    } finally {
      figures.report();
    }
    RunSummary summary = summary(tally);
    log.info("run_ended", fields(summary, begun));
    return summary;
  }

  private RunSummary summary(RunTally tally) {
    return tally.summary(window.isOpenAt(clock.instant()));
  }

  private Map<String, Object> fields(RunSummary summary, long begun) {
    Map<String, Object> fields = new LinkedHashMap<>(summary.asMap());
    fields.put("durationMillis", Duration.ofNanos(nanoTime.getAsLong() - begun).toMillis());
    return fields;
  }

  private void takeJobs(RunTime time, RunTally tally) {
    if (hasTime(time)) {
      attempt("sweep_failed", () -> sweep(tally));
      attempt("forgetting_failed", this::forget);
    }
    Optional<Message> first = receive(time);
    if (first.isPresent()) {
      Parallel.onVirtualThread(() -> handleAll(first, time, tally));
    }
  }

  private void handleAll(Optional<Message> first, RunTime time, RunTally tally) {
    try (Lanes lanes = new Lanes(settings.jobsAtOnce())) {
      for (Optional<Message> next = first; next.isPresent(); next = receive(time)) {
        Message message = next.get();
        lanes.run(() -> handle(message, time, tally));
        lanes.awaitFree();
      }
      lanes.join();
    }
  }

  private Optional<Message> receive(RunTime time) {
    return hasTime(time) ? messages.receive(settings.leaseTerm()) : Optional.empty();
  }

  private boolean hasTime(RunTime time) {
    return time.left().compareTo(settings.deleteReserve()) > 0;
  }

  /** Says again on the queue that those jobs wait whose message should have been seen by now. */
  private void sweep(RunTally tally) {
    Instant now = clock.instant();
    for (SweepableJob overdue : leases.toSweep(now, SWEEP_LIMIT)) {
      if (leases.putOffSweep(overdue, now.plus(settings.sweepGrace()))) {
        queue.send(overdue.job());
        tally.countSwept();
        log.info("job_swept", OperatorLog.of(overdue.job()));
      }
    }
  }

  /** What goes wrong with jobs that no message led to stops no other. */
  private void attempt(String failure, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error(failure, Map.of(), e);
    }
  }

  /**
   * Drops whom and what jobs were about that ended long enough ago: first the conversations, then
   * the channel user, and with it the job's place among those to forget.
   */
  private void forget() {
    for (JobRef ended : leases.toForget(clock.instant(), FORGET_LIMIT)) {
      try {
        chunks.deleteAll(ended.job());
        leases.forget(ended, clock.instant());
        log.info("job_forgotten", OperatorLog.of(ended));
      } catch (RuntimeException e) {
        log.warn("job_not_forgotten", OperatorLog.of(ended), e);
      }
    }
  }

  private void handle(Message message, RunTime time, RunTally tally) {
    switch (message) {
      case ForeignMessage foreign -> reject(foreign, "not_a_deletion_job", tally);
      case JobMessage named -> {
        try {
          handle(named, time, tally);
        } catch (RuntimeException e) {
          log.warn("job_not_leased", OperatorLog.of(named.job()), e);
          if (tally.countFailedLease() == MAX_FAILED_LEASES) {
            throw e;
          }
        }
      }
    }
  }

  private void handle(JobMessage message, RunTime time, RunTally tally) {
    long asked = nanoTime.getAsLong();
    switch (leases.lease(message.job(), time.now(), settings.leaseTerm())) {
      case LeaseResult.Leased leased -> {
        work(
            new HeldLease(
                leases,
                queue,
                messages,
                message,
                time,
                settings,
                clock,
                nanoTime,
                log,
                leased.job(),
                asked),
            tally);
      }
      case LeaseResult.Unknown _ -> reject(message, "unknown_deletion_job", tally);
      case LeaseResult.HeldByAnother _, LeaseResult.NotDue _, LeaseResult.Closed _ ->
          messages.remove(message);
    }
  }

  private void reject(Message message, String reason, RunTally tally) {
    messages.reject(message, reason);
    tally.countRejected();
    log.error("message_rejected", Map.of("messageId", message.id(), "reason", reason), null);
  }

  /** Works on a job; whatever goes wrong with it stops nothing else. */
  private void work(HeldLease lease, RunTally tally) {
    Counts before = lease.state().counts();
    try {
      worker.work(lease);
    } catch (LeaseLostException e) {
      log.warn("lease_lost", OperatorLog.of(lease.job().ref()), e);
    } catch (RuntimeException e) {
      tally.countInterrupted();
      log.error("job_interrupted", OperatorLog.of(lease.job().ref()), e);
      giveBack(lease);
    }
    tally.countWork(before, lease.state());
    figures.report();
  }

  /** Leaves the job to a later run. If even that fails, its lease runs out and a sweep finds it. */
  private void giveBack(HeldLease lease) {
    try {
      int attempts = lease.state().attempts();
      lease.giveUp(clock.instant().plus(LaterAttempt.delayAfter(attempts)));
    } catch (RuntimeException e) {
      log.warn("job_not_given_back", OperatorLog.of(lease.job().ref()), e);
    }
  }

  /**
   * What a run did.
   *
   * @param windowIsOpen whether the off-peak window was open at its end
   * @param jobsSwept jobs whose message was sent again
   * @param jobsWorkedOn leases taken
   * @param jobsEnded jobs that have ended
   * @param jobsInterrupted jobs given back after an error
   * @param messagesRejected messages moved to the dead-letter queue
   * @param recordsDeleted records deleted
   */
  public record RunSummary(
      boolean windowIsOpen,
      int jobsSwept,
      int jobsWorkedOn,
      int jobsEnded,
      int jobsInterrupted,
      int messagesRejected,
      long recordsDeleted) {

    /** The same by name, for logs and answers. */
    public Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("windowIsOpen", windowIsOpen);
      map.put("jobsSwept", jobsSwept);
      map.put("jobsWorkedOn", jobsWorkedOn);
      map.put("jobsEnded", jobsEnded);
      map.put("jobsInterrupted", jobsInterrupted);
      map.put("messagesRejected", messagesRejected);
      map.put("recordsDeleted", recordsDeleted);
      return map;
    }
  }
}
