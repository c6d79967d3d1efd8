package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.JOB_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOT_BEFORE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RESUMED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SUBMITTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * What waits, by the index that the sweep uses. Jobs that have ended stay among its open jobs while
 * their e-mail is still to be sent. By their {@code completedAt}, they are left out here.
 *
 * <p>An entry takes some 200 bytes and is read with eventual consistency, so reading up to 20 jobs
 * costs half a read unit. A page holds 1 MB (Developer Guide, "Paginating table query results"),
 * which is some 5,000 jobs, and costs 128 units. At most five pages are read, for 640 units. To
 * count costs as much as to read ("Counting the items in the results").
 *
 * <p>The index does not tell until when a job was to wait, and what an index holds can't be
 * changed. So that is read from the items of jobs, for those of which it matters.
 */
public final class DynamoDbBacklog implements Backlog {

  private static final int MAX_PAGES = 5;
  private static final String OF_OPEN_JOBS =
      String.join(", ", BOT_ID, JOB_ID, SUBMITTED_AT, SWEEP_AT);
  private static final String OF_WAITING_JOBS =
      String.join(", ", BOT_ID, JOB_ID, NOT_BEFORE, RESUMED_AT);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final TolerantReader<OpenJob> reader;

  public DynamoDbBacklog(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.reader =
        new TolerantReader<>(
            DynamoDbBacklog::openJob, e -> log.error("job_unreadable", Map.of(), e));
  }

  @Override
  public OpenJobs openJobs() {
    List<OpenJob> jobs = new ArrayList<>();
    boolean areAll =
        readPages(
            request ->
                request
                    .keyConditionExpression(JobAttributes.IS_OPEN)
                    .filterExpression(JobAttributes.HAS_NOT_ENDED)
                    .projectionExpression(OF_OPEN_JOBS)
                    .expressionAttributeValues(Map.of(":open", s(OPEN))),
            page -> page.items().forEach(item -> reader.read(item).forEach(jobs::add)));
    return new OpenJobs(jobs, areAll);
  }

  @Override
  public Map<JobRef, Instant> waitedUntil(List<JobRef> jobs) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder()
            .keys(jobs.stream().map(JobItems::key).toList())
            .projectionExpression(OF_WAITING_JOBS)
            .build();
    Map<JobRef, Instant> moments = new HashMap<>();
    for (Map<String, AttributeValue> item : BatchReads.read(dynamoDb, Map.of(table, wanted))) {
      // A job waits for holds only after the moment that it was told.
      findInstant(item, RESUMED_AT)
          .or(() -> findInstant(item, NOT_BEFORE))
          .ifPresent(moment -> moments.put(JobItems.ref(item), moment));
    }
    return moments;
  }

  @Override
  public Count jobsOnHold() {
    return count(
        request ->
            request
                .keyConditionExpression(JobAttributes.OPEN_GROUP + " = :onHold")
                .expressionAttributeValues(Map.of(":onHold", s(ON_HOLD))));
  }

  @Override
  public Count jobsToForget(Instant now) {
    return count(
        request ->
            request
                .keyConditionExpression(JobAttributes.IS_DUE)
                .expressionAttributeValues(Map.of(":group", s(ENDED), ":now", s(now))));
  }

  private Count count(Consumer<QueryRequest.Builder> query) {
    LongAdder count = new LongAdder();
    boolean areAll =
        readPages(query.andThen(it -> it.select(Select.COUNT)), page -> count.add(page.count()));
    return new Count(count.sum(), areAll);
  }

  /** Reads no more than {@link #MAX_PAGES}, and tells whether these are all. */
  private boolean readPages(Consumer<QueryRequest.Builder> query, Consumer<QueryResponse> pages) {
    Map<String, AttributeValue> next = Map.of();
    for (int read = 0; read < MAX_PAGES; read++) {
      QueryRequest.Builder request = QueryRequest.builder().tableName(table).indexName(OPEN_JOBS);
      query.accept(request);
      QueryResponse page =
          dynamoDb.query(request.exclusiveStartKey(next.isEmpty() ? null : next).build());
      pages.accept(page);
      next = page.lastEvaluatedKey();
      if (next.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static OpenJob openJob(Map<String, AttributeValue> item) {
    return new OpenJob(JobItems.ref(item), instant(item, SUBMITTED_AT), instant(item, SWEEP_AT));
  }
}
