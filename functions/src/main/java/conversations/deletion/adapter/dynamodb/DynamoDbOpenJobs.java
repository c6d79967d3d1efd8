package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_REASON;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS_BY_BOT;

import conversations.deletion.application.port.OpenJobs;
import conversations.deletion.application.port.UntoldJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OwnerNotification;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index of a bot's jobs that have not ended, or of which its owner was not told yet. */
public final class DynamoDbOpenJobs implements OpenJobs, UntoldJobs {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbOpenJobs(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public int count(BotId bot, int most) {
    int counted = 0;
    for (QueryResponse page :
        dynamoDb.queryPaginator(of(bot).select(Select.COUNT).limit(most).build())) {
      counted += page.count();
      if (counted >= most) {
        return most;
      }
    }
    return counted;
  }

  @Override
  public List<JobRef> find(BotId bot, int most) {
    QueryRequest heldBack =
        of(bot)
            .filterExpression(NOTIFICATION_REASON + " = :tooMany")
            .expressionAttributeValues(
                Map.of(":bot", s(bot.value()), ":tooMany", s(OwnerNotification.TOO_MANY)))
            .build();
    return dynamoDb.queryPaginator(heldBack).items().stream()
        .limit(most)
        .map(JobItems::ref)
        .toList();
  }

  private QueryRequest.Builder of(BotId bot) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(OPEN_JOBS_BY_BOT)
        .keyConditionExpression(OPEN_BOT_ID + " = :bot")
        .expressionAttributeValues(Map.of(":bot", s(bot.value())));
  }
}
