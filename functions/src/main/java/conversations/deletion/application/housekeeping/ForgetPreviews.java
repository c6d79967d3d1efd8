package conversations.deletion.application.housekeeping;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewSweeps;
import conversations.deletion.application.port.PreviewSweeps.SweepablePreview;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Makes previews that have expired forget whom they were about, and deletes their lists.
 *
 * <p>Invariant: the list of a preview stays as long as a job that was made of it has not ended. No
 * job can be made of it once it has expired, so none comes after the look here.
 */
public final class ForgetPreviews implements HousekeepingTask {

  private static final int LIMIT = 100;

  /** The clocks of the functions may differ by this much: nobody makes a job of it any more. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  /** A list of many chunks takes some time to delete. What is left is found the next time. */
  private static final Duration RESERVE = Duration.ofSeconds(20);

  /** When a list is looked at again that a job still needs. */
  private static final Duration NEXT_LOOK = Duration.ofHours(12);

  private final PreviewSweeps sweeps;
  private final DeletionJobs jobs;
  private final InstantSource clock;
  private final OperatorLog log;

  public ForgetPreviews(
      PreviewSweeps sweeps, DeletionJobs jobs, InstantSource clock, OperatorLog log) {
    this.sweeps = sweeps;
    this.jobs = jobs;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public String name() {
    return "previewsForgotten";
  }

  /** {@inheritDoc} One preview that can't be forgotten holds up no other. */
  @Override
  public int run(Supplier<Duration> timeLeft) {
    Instant now = clock.instant();
    int forgotten = 0;
    for (SweepablePreview expired : sweeps.expired(now.minus(CLOCK_TOLERANCE), LIMIT)) {
      if (timeLeft.get().compareTo(RESERVE) < 0) {
        break;
      }
      try {
        forgotten += forget(expired, now) ? 1 : 0;
      } catch (RuntimeException e) {
        log.warn("preview_not_forgotten", OperatorLog.of(expired.preview()), e);
      }
    }
    return forgotten;
  }

  private boolean forget(SweepablePreview expired, Instant now) {
    if (isNeeded(expired)) {
      sweeps.putOff(expired, now.plus(NEXT_LOOK));
      return false;
    }
    sweeps.forget(expired.preview(), now);
    log.info("preview_forgotten", OperatorLog.of(expired.preview()));
    return true;
  }

  private boolean isNeeded(SweepablePreview expired) {
    BotId bot = expired.preview().bot();
    return sweeps.jobsOf(expired.preview()).stream().anyMatch(job -> isOpen(bot, job));
  }

  private boolean isOpen(BotId bot, JobId id) {
    return jobs.find(bot, id).filter(job -> !job.state().status().isEnd()).isPresent();
  }
}
