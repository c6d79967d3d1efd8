package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import java.util.stream.Stream;

/** The jobs that wait for holds. */
public interface WaitingJobs {

  /**
   * Finds, without a scan, the jobs of a bot that wait for holds. They are read page by page, as
   * far as they are used.
   *
   * <p>Each job is read with strong consistency. The list of them lags a moment behind.
   */
  Stream<DeletionJob> of(BotId bot);
}
