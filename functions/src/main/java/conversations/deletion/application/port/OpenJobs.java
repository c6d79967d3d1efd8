package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;

/** Counts the jobs that have not ended, or of which the owner was not yet told. */
public interface OpenJobs {

  /**
   * Counts a bot's open jobs, but no more than so many. It may miss what was written a moment ago.
   */
  int count(BotId bot, int most);
}
