package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;

/** The sending end of the queue. Its messages are hints that a job waits. */
public interface JobQueue {

  /** Sends a message that a job waits. */
  void send(JobRef job);
}
