package conversations.deletion.local.simulation;

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
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.JobsContract;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

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
        stack.dynamoDb(), stack.table(JOBS), stack.table(CHANGE_LOG), RETENTION, DETAIL_RETENTION);
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
}
