package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.OperatorLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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
 */
public final class DynamoDbBacklog implements Backlog {

  private static final int MAX_PAGES = 5;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final OperatorLog log;

  public DynamoDbBacklog(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.log = log;
  }

  @Override
  public OpenJobs openJobs() {
    List<Instant> submittedAt = new ArrayList<>();
    boolean areAll =
        readPages(
            request ->
                request
                    .keyConditionExpression(JobAttributes.IS_OPEN)
                    .filterExpression(JobAttributes.HAS_NOT_ENDED)
                    .projectionExpression(JobAttributes.SUBMITTED_AT)
                    .expressionAttributeValues(Map.of(":open", s(OPEN))),
            page -> page.items().forEach(item -> read(item, submittedAt)));
    return new OpenJobs(submittedAt, areAll);
  }

  @Override
  public JobsToForget jobsToForget(Instant now) {
    LongAdder count = new LongAdder();
    boolean areAll =
        readPages(
            request ->
                request
                    .keyConditionExpression(JobAttributes.IS_DUE)
                    .expressionAttributeValues(Map.of(":group", s(ENDED), ":now", s(now)))
                    .select(Select.COUNT),
            page -> count.add(page.count()));
    return new JobsToForget(count.sum(), areAll);
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

  /** An item that can't be read, perhaps written by hand, must not hide the others. */
  private void read(Map<String, AttributeValue> item, List<Instant> submittedAt) {
    try {
      submittedAt.add(instant(item, JobAttributes.SUBMITTED_AT));
    } catch (RuntimeException e) {
      log.error("job_unreadable", Map.of(), e);
    }
  }
}
