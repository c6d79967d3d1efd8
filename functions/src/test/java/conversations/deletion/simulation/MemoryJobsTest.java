package conversations.deletion.simulation;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.JobSweeps;
import java.time.Duration;
import java.time.Instant;

final class MemoryJobsTest extends JobsContract {

  private final MemoryChunks chunks = new MemoryChunks();
  private final MemoryJobs jobs =
      new MemoryJobs(chunks, Duration.ofDays(30), () -> Instant.EPOCH, Lags.NONE);

  @Override
  protected JobSubmissions submissions() {
    return jobs;
  }

  @Override
  protected DeletionJobs jobs() {
    return jobs;
  }

  @Override
  protected JobLeases leases() {
    return jobs;
  }

  @Override
  protected JobSweeps sweeps() {
    return jobs;
  }

  @Override
  protected JobChunks chunks() {
    return chunks;
  }

  @Override
  protected JobCancellations cancellations() {
    return jobs;
  }

  @Override
  protected Backlog backlog() {
    return jobs;
  }
}
