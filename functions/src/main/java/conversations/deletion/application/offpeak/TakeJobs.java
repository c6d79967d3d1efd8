package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.reading.Patience;

/** Takes the leases of the jobs that messages name. Safe for use by several threads. */
public final class TakeJobs {

  private final JobLeases leases;
  private final JobQueue queue;
  private final JobMessages messages;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final Outages outages;
  private final OperatorLog log;

  public TakeJobs(
      JobLeases leases,
      JobQueue queue,
      JobMessages messages,
      EngineSettings settings,
      Clocks clocks,
      Outages outages,
      OperatorLog log) {
    this.leases = leases;
    this.queue = queue;
    this.messages = messages;
    this.settings = settings;
    this.clocks = clocks;
    this.outages = outages;
    this.log = log;
  }

  /** The result of an attempt to lease a job. */
  sealed interface Taken {

    /** This worker has the job. */
    record Held(HeldLease lease) implements Taken {}

    /** This worker has nothing to do for the job now, so its message may be removed. */
    record NothingToDo() implements Taken {}

    /** There is no such job. */
    record UnknownJob() implements Taken {}
  }

  /**
   * Takes the lease of the job that a message names.
   *
   * @param message a message that was just received, and is hidden from other workers for the
   *     lease's term
   */
  Taken take(JobMessage message, Run run) {
    long asked = clocks.nanos();
    return switch (leases.lease(message.job(), run.time().now(), settings.leaseTerm())) {
      case LeaseResult.Leased(LeasedJob job) ->
          new Taken.Held(
              new HeldLease(
                  leases,
                  held(message, asked),
                  new Patience(outages, settings.outagePatience(), clocks, log),
                  run,
                  settings,
                  job,
                  asked));
      case LeaseResult.Unknown _ -> new Taken.UnknownJob();
      case LeaseResult.HeldByAnother _, LeaseResult.NotDue _, LeaseResult.Closed _ ->
          new Taken.NothingToDo();
    };
  }

  private HeldMessage held(JobMessage message, long since) {
    return new HeldMessage(
        messages, queue, message, settings.leaseTerm(), clocks.monotonic(), since, log);
  }
}
