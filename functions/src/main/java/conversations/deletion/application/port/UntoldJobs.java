package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobRef;
import java.util.List;

/** Finds ended jobs of which the bot's owner is to be told together with others. */
public interface UntoldJobs {

  /** Finds such jobs of a bot, at most so many. It may miss what was written a moment ago. */
  List<JobRef> find(BotId bot, int most);
}
