package conversations.deletion.local.simulation;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.local.RecordItem;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.RecordsContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbRecordsIT extends RecordsContract {

  private static final String RECORDS = "ConversationRecordsTable";

  @AutoClose private static final Stack stack = new Stack();

  @Override
  protected ConversationRecords records() {
    return new DynamoDbConversationRecords(
        new DynamoDbConversationReads(
            stack.dynamoDb(),
            RecordsTableShape.ofOwn(stack.table(RECORDS)),
            Set.of("METRIC", "SESSION"),
            (_, _) -> {}),
        stack.dynamoDb(),
        RecordsTableShape.ofOwn(stack.table(RECORDS)),
        new AwsOutages(),
        (_, _) -> {});
  }

  @Override
  protected void write(BotId bot, ConversationId conversation, RecordHead record) {
    put(RecordItem.of(bot, conversation, record));
  }

  @Override
  protected void writeHeader(
      BotId bot, ConversationId conversation, RecordHead header, String startedAt) {
    Map<String, AttributeValue> item = RecordItem.of(bot, conversation, header);
    item.put("startedAt", AttributeValue.fromS(startedAt));
    put(item);
  }

  @Override
  protected void writeRetained(BotId bot, ConversationId conversation, RecordHead record) {
    Map<String, AttributeValue> item = RecordItem.of(bot, conversation, record);
    item.computeIfPresent(
        "recordType",
        (_, type) -> record.isSessionHeader() ? type : AttributeValue.fromS("METRIC"));
    put(item);
  }

  private static void put(Map<String, AttributeValue> item) {
    stack.dynamoDb().putItem(request -> request.tableName(stack.table(RECORDS)).item(item));
  }
}
