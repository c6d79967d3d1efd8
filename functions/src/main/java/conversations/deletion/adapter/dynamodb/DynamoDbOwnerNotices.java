package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.ATTEMPTS;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.DUE_AT;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.GROUP;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.JOB_ID;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.NO_ANSWER;
import static conversations.deletion.adapter.dynamodb.OwnerNoticeItems.WAITING;

import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerNotices;
import conversations.deletion.domain.OwnerNotice;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table of owners' notices. What submits a job, or has it wait for a hold, puts its notice
 * there.
 */
public final class DynamoDbOwnerNotices implements OwnerNotices {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final TolerantReader<OwnerNotice> reader;

  public DynamoDbOwnerNotices(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.reader =
        new TolerantReader<>(
            OwnerNoticeItems::read, e -> log.error("owner_notice_unreadable", Map.of(), e));
  }

  @Override
  public Stream<OwnerNotice> due(Instant now) {
    return dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression(GROUP + " = :waiting")
                    .filterExpression(DUE_AT + " <= :now")
                    .consistentRead(true)
                    .expressionAttributeValues(Map.of(":waiting", s(WAITING), ":now", s(now))))
        .items()
        .stream()
        .flatMap(reader::read);
  }

  @Override
  public boolean begin(OwnerNotice seen, OwnerNotice begun) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(OwnerNoticeItems.key(seen))
                .updateExpression("SET %s = :next, %s = :due".formatted(ATTEMPTS, DUE_AT))
                .conditionExpression(ATTEMPTS + " = :seen")
                .expressionAttributeValues(
                    Map.of(
                        ":seen", n(seen.attempts()),
                        ":next", n(begun.attempts()),
                        ":due", s(begun.dueAt()))));
  }

  @Override
  public void hadNoAnswer(OwnerNotice notice) {
    // If the condition does not hold, it has expired.
    ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(OwnerNoticeItems.key(notice))
                .updateExpression("SET " + NO_ANSWER + " = :true")
                .conditionExpression("attribute_exists(" + JOB_ID + ")")
                .expressionAttributeValues(Map.of(":true", bool(true))));
  }

  @Override
  public void remove(OwnerNotice notice) {
    dynamoDb.deleteItem(request -> request.tableName(table).key(OwnerNoticeItems.key(notice)));
  }
}
