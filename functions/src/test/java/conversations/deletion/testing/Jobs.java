package conversations.deletion.testing;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
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
        Optional.empty());
  }

  /** The same job, ended at once. */
  public static DeletionJob ended(DeletionJob job, JobStatus end) {
    return job.with(job.state().pickedUp(job.submittedAt()).ended(end, job.submittedAt()));
  }
}
