package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_JOBS_BY_BOT;

import conversations.deletion.application.port.OpenJobs;
import conversations.deletion.application.port.UntoldJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobRef;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index of a bot's jobs that have not ended, or of which its owner is to be told. */
public final class DynamoDbOpenJobs implements OpenJobs, UntoldJobs {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbOpenJobs(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public int count(BotId bot, int most) {
    int open = count(bot.value(), most);
    return open == most ? most : open + count(JobAttributes.untoldOf(bot), most - open);
  }

  private int count(String value, int most) {
    int counted = 0;
    for (QueryResponse page :
        dynamoDb.queryPaginator(of(value, most).select(Select.COUNT).build())) {
      counted += page.count();
      if (counted >= most) {
        return most;
      }
    }
    return counted;
  }

  @Override
  public List<JobRef> find(BotId bot, int most) {
    return dynamoDb.query(of(JobAttributes.untoldOf(bot), most).build()).items().stream()
        .map(JobItems::ref)
        .toList();
  }

  private QueryRequest.Builder of(String value, int limit) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(OPEN_JOBS_BY_BOT)
        .keyConditionExpression(OPEN_BOT_ID + " = :value")
        .expressionAttributeValues(Map.of(":value", s(value)))
        .limit(limit);
  }
}
