package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS_BY_BOT;

import conversations.deletion.application.port.OpenJobs;
import conversations.deletion.domain.BotId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Counts open jobs by the index that holds nothing else. */
public final class DynamoDbOpenJobs implements OpenJobs {

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
        dynamoDb.queryPaginator(
            request ->
                request
                    .tableName(table)
                    .indexName(OPEN_JOBS_BY_BOT)
                    .keyConditionExpression(OPEN_BOT_ID + " = :bot")
                    .expressionAttributeValues(Map.of(":bot", s(bot.value())))
                    .select(Select.COUNT)
                    .limit(most))) {
      counted += page.count();
      if (counted >= most) {
        return most;
      }
    }
    return counted;
  }
}
