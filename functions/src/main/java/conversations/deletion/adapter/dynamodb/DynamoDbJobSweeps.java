package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CHANNEL_USER_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FORGOTTEN_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REFERENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_FROM;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_TO;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Sweeps the table of jobs, by its index of the jobs that still need work. */
public final class DynamoDbJobSweeps implements JobSweeps {

  /** A job forgets whom and what it was about, and leaves the index with it. */
  private static final String FORGET =
      "SET %s = :now REMOVE %s, %s, %s, %s, %s, %s"
          .formatted(
              FORGOTTEN_AT,
              CHANNEL_USER_ID,
              STARTED_FROM,
              STARTED_TO,
              REFERENCE,
              OPEN_GROUP,
              SWEEP_AT);

  private static final int FORGET_PAGE = 25;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final SweepIndex index;
  private final TolerantReader<SweepableJob> reader;
  private final JobsOnHold onHold;
  private final TolerantReader<WaitingJob> waiting;

  public DynamoDbJobSweeps(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.index = new SweepIndex(dynamoDb, table, OPEN_JOBS);
    this.reader =
        new TolerantReader<>(
            item -> new SweepableJob(JobItems.ref(item), string(item, SWEEP_AT)),
            e -> log.error("job_unreadable", Map.of(), e));
    this.onHold = new JobsOnHold(dynamoDb, table);
    this.waiting =
        new TolerantReader<>(
            JobsOnHold::read, e -> log.error("waiting_job_unreadable", Map.of(), e));
  }

  @Override
  public Stream<WaitingJob> onHold() {
    return onHold.all().flatMap(waiting::read);
  }

  @Override
  public boolean resume(WaitingJob job, Instant now, Instant sweepAt) {
    return onHold.resume(job, now, sweepAt);
  }

  @Override
  public List<SweepableJob> toSweep(Instant now, int limit) {
    return index.due(OPEN, now, limit).flatMap(reader::read).limit(limit).toList();
  }

  @Override
  public Stream<JobRef> toForget(Instant now) {
    return index.due(ENDED, now, FORGET_PAGE).flatMap(reader::read).map(SweepableJob::job);
  }

  @Override
  public void forget(JobRef job, Instant now) {
    // If the condition does not hold, another run was quicker, or the job has expired.
    ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(job))
                .updateExpression(FORGET)
                .conditionExpression(OPEN_GROUP + " = :ended")
                .expressionAttributeValues(Map.of(":now", s(now), ":ended", s(ENDED))));
  }

  @Override
  public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
    return index.putOff(JobItems.key(job.job()), job.sweepAt(), sweepAt);
  }
}
