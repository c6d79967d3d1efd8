package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import java.util.Optional;

/** The jobs: the truth about what was accepted and how far it has come. */
public interface DeletionJobs {

  /** Finds a job of this bot, by a strongly consistent read. */
  Optional<DeletionJob> find(BotId bot, JobId job);
}
