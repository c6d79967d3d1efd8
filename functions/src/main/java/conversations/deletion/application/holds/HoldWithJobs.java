package conversations.deletion.application.holds;

import conversations.deletion.application.port.WaitingJobs;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.OnHold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A hold, with the jobs that wait for it.
 *
 * @param jobs at most {@value #MOST_JOBS} of them. Of a job that waits for more holds than it
 *     notes, it is not known that it waits for the others
 */
public record HoldWithJobs(Hold hold, List<Waiting> jobs) {

  /** So many jobs are looked at, and no more, so that an answer comes in time. */
  static final int MOST_JOBS = 1000;

  /**
   * A job that waits.
   *
   * @param since when it first waited for holds
   */
  public record Waiting(JobId job, Instant since) {}

  static HoldWithJobs of(Hold hold, WaitingJobs waiting) {
    return new HoldWithJobs(
        hold,
        waiting
            .of(hold.bot())
            .limit(MOST_JOBS)
            .flatMap(job -> waiting(job, hold.id()).stream())
            .toList());
  }

  private static Optional<Waiting> waiting(DeletionJob job, HoldId hold) {
    return job.state()
        .onHold()
        .filter(_ -> !job.state().status().isEnd())
        .filter(on -> on.holds().contains(hold))
        .map(OnHold::since)
        .map(since -> new Waiting(job.id(), since));
  }
}
