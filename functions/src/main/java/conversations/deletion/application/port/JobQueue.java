package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;

/** The queue of hints that a job waits, as it is filled. */
public interface JobQueue {

  /** Says that a job waits. */
  void send(JobRef job);
}
