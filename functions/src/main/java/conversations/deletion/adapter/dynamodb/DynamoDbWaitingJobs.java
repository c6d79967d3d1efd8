package conversations.deletion.adapter.dynamodb;

import static java.util.stream.Gatherers.windowFixed;

import conversations.deletion.application.port.WaitingJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Finds a bot's jobs that wait for holds, by the index of the jobs that still need work. */
public final class DynamoDbWaitingJobs implements WaitingJobs {

  /** BatchGetItem takes no more. */
  private static final int MOST_AT_ONCE = 100;

  private final JobsOnHold onHold;
  private final JobsByKey jobs;

  public DynamoDbWaitingJobs(DynamoDbClient dynamoDb, String table) {
    this.onHold = new JobsOnHold(dynamoDb, table);
    this.jobs = new JobsByKey(dynamoDb, table);
  }

  @Override
  public Stream<DeletionJob> of(BotId bot) {
    return onHold
        .of(bot)
        .gather(windowFixed(MOST_AT_ONCE))
        .flatMap(some -> jobs.read(some).stream());
  }
}
