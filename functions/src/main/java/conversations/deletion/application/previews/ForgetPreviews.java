package conversations.deletion.application.previews;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewSweeps;
import conversations.deletion.application.port.PreviewSweeps.SweepablePreview;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes previews that have expired forget whom they were about, and deletes their lists.
 *
 * <p>Invariant: the list of a preview stays as long as a job that was made of it has not ended. No
 * job can be made of it once it has expired, so none comes after the look here.
 */
public final class ForgetPreviews {

  private static final int LIMIT = 100;

  /** The clocks of the functions may differ by this much: nobody makes a job of it any more. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

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

  /** Forgets those that have expired, some hundred at most. One that can't be holds up no other. */
  public void forget() {
    Instant now = clock.instant();
    for (SweepablePreview expired : sweeps.expired(now.minus(CLOCK_TOLERANCE), LIMIT)) {
      try {
        forget(expired, now);
      } catch (RuntimeException e) {
        log.warn("preview_not_forgotten", HeldPreview.fields(expired.preview()), e);
      }
    }
  }

  private void forget(SweepablePreview expired, Instant now) {
    if (isNeeded(expired)) {
      sweeps.putOff(expired, now.plus(NEXT_LOOK));
    } else {
      sweeps.forget(expired.preview(), now);
      log.info("preview_forgotten", HeldPreview.fields(expired.preview()));
    }
  }

  private boolean isNeeded(SweepablePreview expired) {
    BotId bot = expired.preview().bot();
    return sweeps.jobsOf(expired.preview()).stream().anyMatch(job -> isOpen(bot, job));
  }

  private boolean isOpen(BotId bot, JobId id) {
    return jobs.find(bot, id).filter(job -> !job.state().status().isEnd()).isPresent();
  }
}
