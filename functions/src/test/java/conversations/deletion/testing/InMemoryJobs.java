package conversations.deletion.testing;

import conversations.deletion.application.port.BotJobs;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps submitted jobs, with all that was stored with them. */
public final class InMemoryJobs implements JobSubmissions, DeletionJobs, BotJobs {

  private static final Comparator<DeletionJob> OLDEST_FIRST =
      Comparator.comparing(DeletionJob::submittedAt).thenComparing(job -> job.id().value());

  private final Map<JobRef, Stored> stored = new LinkedHashMap<>();
  private int pagesRead;

  @Override
  public DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {
    return stored.computeIfAbsent(job.ref(), _ -> new Stored(job, listed, entry, sweepAt)).job();
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return Optional.ofNullable(stored.get(new JobRef(bot, job))).map(Stored::job);
  }

  @Override
  public JobPage newestFirst(
      BotId bot, DateRange submitted, Optional<JobPosition> after, int limit) {
    pagesRead++;
    List<DeletionJob> all =
        stored.values().stream()
            .map(Stored::job)
            .filter(job -> job.bot().equals(bot) && submitted.contains(job.submittedAt()))
            .sorted(OLDEST_FIRST.reversed())
            .toList();
    int from = after.map(place -> positions(all).indexOf(place) + 1).orElse(0);
    int to = Math.min(from + limit, all.size());
    // As in DynamoDB, a page that was cut by its limit has a next page, which may be empty.
    return new JobPage(
        all.subList(from, to),
        to - from == limit ? Optional.of(JobPosition.of(all.get(to - 1))) : Optional.empty());
  }

  private static List<JobPosition> positions(List<DeletionJob> jobs) {
    return jobs.stream().map(JobPosition::of).toList();
  }

  /** How many pages were asked for. */
  public int pagesRead() {
    return pagesRead;
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
