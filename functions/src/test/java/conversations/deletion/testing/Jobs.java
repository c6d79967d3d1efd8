package conversations.deletion.testing;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Retries;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.Optional;

/** Jobs for tests in which only the values that are given matter. */
public final class Jobs {

  private static final ClientAppId APP = new ClientAppId("app-1");

  private Jobs() {}

  /** A waiting job; the same number gives the same id. */
  public static DeletionJob queued(BotId bot, int number, Instant submittedAt) {
    return new DeletionJob(
        bot,
        JobId.of(bot, APP, Integer.toString(number)),
        APP,
        new ListedConversations(),
        submittedAt,
        JobState.submitted(submittedAt, 1),
        Optional.empty(),
        Terms.NONE);
  }

  /** The same job, ended at once. */
  public static DeletionJob ended(DeletionJob job, JobStatus end) {
    return job.with(job.state().pickedUp(job.submittedAt()).ended(end, job.submittedAt()));
  }

  /** A state in which no value is that of a job that was just submitted. */
  public static JobState stateUnlikeANewJobs() {
    Instant moment = Instant.parse("2026-11-24T00:00:00Z");
    Instant later = Instant.parse("2026-11-25T03:04:05.678Z");
    return JobState.of(
        state -> {
          state.status = JobStatus.PARTIALLY_COMPLETED;
          state.scheduledAt = later;
          state.startedAt = Optional.of(moment);
          state.completedAt = Optional.of(later);
          state.counts = Counted.conversations(5).deleted(2).failed(1).skipped(1).records(89);
          state.retries = new Retries(1, 2, 3, Optional.of(later), Optional.of(moment));
          state.ownFailures = 4;
          state.stuckSince = Optional.of(later);
          state.notification = OwnerNotification.pending().failed("throttled");
          state.cancelRequest = Optional.of(new CancelRequest(moment, APP));
          state.beforeStart = Optional.of(6L);
        });
  }
}
