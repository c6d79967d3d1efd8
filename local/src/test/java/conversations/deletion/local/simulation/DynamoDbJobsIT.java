package conversations.deletion.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbBacklog;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbJobCancellations;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSubmissions;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSweeps;
import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.JobsContract;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DynamoDbJobsIT extends JobsContract {

  private static final Duration RETENTION = Duration.ofDays(400);
  private static final Duration DETAIL_RETENTION = Duration.ofDays(30);
  private static final String JOBS = "DeletionJobsTable";
  private static final String CHUNKS = "DeletionJobConversationsTable";
  private static final String CHANGE_LOG = "ChangeLogTable";

  @AutoClose private static final Stack stack = new Stack();

  @Override
  protected JobSubmissions submissions() {
    return new DynamoDbJobSubmissions(
        stack.dynamoDb(),
        stack.table(JOBS),
        stack.table(CHUNKS),
        stack.table(CHANGE_LOG),
        stack.table("DeletionPreviewsTable"),
        RETENTION);
  }

  @Override
  protected DeletionJobs jobs() {
    return new DynamoDbDeletionJobs(stack.dynamoDb(), stack.table(JOBS));
  }

  @Override
  protected JobLeases leases() {
    return new DynamoDbJobLeases(
        stack.dynamoDb(),
        stack.table(JOBS),
        stack.table(CHANGE_LOG),
        stack.table("OwnerNoticesTable"),
        RETENTION,
        DETAIL_RETENTION);
  }

  @Override
  protected JobSweeps sweeps() {
    return new DynamoDbJobSweeps(stack.dynamoDb(), stack.table(JOBS), new Silence());
  }

  @Override
  protected JobChunks chunks() {
    return new DynamoDbJobChunks(
        stack.dynamoDb(), stack.table(CHUNKS), RETENTION, InstantSource.system());
  }

  @Override
  protected JobCancellations cancellations() {
    return new DynamoDbJobCancellations(
        stack.dynamoDb(), stack.table(JOBS), stack.table(CHANGE_LOG));
  }

  @Override
  protected Backlog backlog() {
    return new DynamoDbBacklog(stack.dynamoDb(), stack.table(JOBS), new Silence());
  }

  private static List<String> expiring(DeletionJob job) {
    return stack.items(CHUNKS).stream()
        .filter(item -> item.get("jobId").s().equals(job.id().value()))
        .filter(item -> item.containsKey("expiresAt"))
        .map(item -> item.get("chunk").n())
        .toList();
  }

  /** The job may wait for years. */
  @Test
  void nothingThatIsStoredOfAJobThatHasWaitedForHoldsExpires() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    chunks().put(lease, chunk(job, 2, "a"));
    assertThat(expiring(job)).containsExactlyInAnyOrder("1", "2");

    chunks().keep(lease, 1);
    chunks().keep(lease, 2);

    assertThat(expiring(job)).isEmpty();
    LeasedJob waited = lease.with(job.with(waiting(lease)));
    chunks().put(waited, chunk(job, 2, "b"));
    assertThat(chunks().add(waited, chunk(job, 3, "a"))).isTrue();
    assertThat(expiring(job)).isEmpty();
  }

  @Test
  void aWorkerThatLostItsLeaseKeepsNoChunkOfTheNext() {
    DeletionJob job = submit();
    LeasedJob lost = lease(job, NOW);
    chunks().claim(new LeasedJob(job, lost.fence() + 1), 1);

    chunks().keep(lost, 1);

    assertThat(expiring(job)).containsExactly("1");
  }
}
