package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Finds the jobs whose worker or message got lost, and the jobs that are to be forgotten. */
public interface JobSweeps {

  /**
   * Finds, without a scan, the jobs that ended long enough ago to forget whom they were about,
   * those that have waited longest first. They are read page by page, as far as they are used, and
   * each is named once.
   */
  Stream<JobRef> toForget(Instant now);

  /** Drops from a job that has ended whom it was about. To forget it twice changes nothing more. */
  void forget(JobRef job, Instant now);

  /** Finds, without a scan, the jobs that a sweep is to look at by now, the most overdue first. */
  List<SweepableJob> toSweep(Instant now, int limit);

  /**
   * Puts off the next look at a job, if no other sweep did so first.
   *
   * @return true if this call put it off
   */
  boolean putOffSweep(SweepableJob job, Instant sweepAt);

  /**
   * Finds, without a scan, the jobs that wait for holds, those of a bot one after another. They are
   * read page by page, as far as they are used.
   */
  Stream<WaitingJob> onHold();

  /**
   * Has a job that waits for holds picked up again, by a sweep if by nothing else.
   *
   * @param now when it is due
   * @param sweepAt when a sweep is to look at it
   * @return false if it does not wait any more, or was looked at since; nothing was changed then
   */
  boolean resume(WaitingJob job, Instant now, Instant sweepAt);

  /**
   * A job that waits for holds.
   *
   * @param holdsSeen the version of the bot's holds by which it waits; 0 if it is to be looked at
   *     in any case
   */
  record WaitingJob(JobRef job, long holdsSeen) {}

  /**
   * A job that a sweep is to look at.
   *
   * @param job the job
   * @param sweepAt the stored moment from which a sweep is to look at it
   */
  record SweepableJob(JobRef job, String sweepAt) {}
}
