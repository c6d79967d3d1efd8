package conversations.deletion.testing;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps submitted jobs, with all that was stored with them. */
public final class InMemoryJobs implements JobSubmissions, DeletionJobs {

  private final Map<JobRef, Stored> stored = new LinkedHashMap<>();

  @Override
  public DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {
    return stored.computeIfAbsent(job.ref(), _ -> new Stored(job, listed, entry, sweepAt)).job();
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return Optional.ofNullable(stored.get(new JobRef(bot, job))).map(Stored::job);
  }

  /** Puts a job there as it is. */
  public void add(DeletionJob job) {
    submit(job, List.of(), ChangeLogEntry.submitted(job), job.submittedAt());
  }

  public List<Stored> all() {
    return List.copyOf(stored.values());
  }

  /** What one submission stored. */
  public record Stored(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {}
}
