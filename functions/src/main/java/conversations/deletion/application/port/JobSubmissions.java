package conversations.deletion.application.port;

import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;

/** Stores new jobs. */
public interface JobSubmissions {

  /** Tells whether a job is stored, by a strongly consistent read. */
  boolean isStored(JobRef job);

  /**
   * Stores a new job with its change-log entry, and with its first chunk if conversations were
   * listed. It stores all of it or nothing.
   *
   * @param listed the conversations listed; empty for a channel user's job
   * @param sweepAt when a sweep is to check whether the job got lost, or to start it if no message
   *     was sent
   * @return this job, or the job with the same id that was stored before
   */
  DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt);
}
