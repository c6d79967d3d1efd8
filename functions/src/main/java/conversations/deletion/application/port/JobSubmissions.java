package conversations.deletion.application.port;

import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import java.time.Instant;
import java.util.List;

/** Stores new jobs, and finds those that are stored. */
public interface JobSubmissions extends DeletionJobs {

  /**
   * Stores a new job with its change-log entry, and with its first chunk if conversations were
   * listed. If a preview lists them, it takes note with the preview that the job needs its list. It
   * stores all of it or nothing.
   *
   * @param listed the conversations listed; empty for a channel user's job
   * @param sweepAt when a sweep is to check whether the job got lost
   * @return this job, or the job with the same id that was stored before
   * @throws PreviewNotUsableException if no job can be made of the preview; nothing was stored
   */
  DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt);
}
