package conversations.deletion.application.jobs;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import java.util.Optional;

/** Looks up the state of a deletion job. */
public final class FindDeletionJob {

  private final DeletionJobs jobs;

  public FindDeletionJob(DeletionJobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Finds a job of a bot.
   *
   * @return absent if there is no job with that id, or if it belongs to another bot
   */
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return jobs.find(bot, job);
  }
}
