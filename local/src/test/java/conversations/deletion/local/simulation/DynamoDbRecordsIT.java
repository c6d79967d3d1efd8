package conversations.deletion.local.simulation;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.simulation.RecordsContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbRecordsIT extends RecordsContract {

  private static final String RECORDS = "ConversationRecordsTable";
  private static Stack stack;

  @BeforeAll
  static void create() {
    stack = new Stack();
  }

  @AfterAll
  static void delete() {
    stack.close();
  }

  @Override
  protected ConversationRecords records() {
    return new DynamoDbConversationRecords(
        stack.dynamoDb(), stack.dynamoDb(), stack.table(RECORDS), new AwsOutages());
  }

  @Override
  protected void write(BotId bot, ConversationId conversation, RecordHead record) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("conversationKey", s(bot + "#" + conversation));
    item.put("recordKey", s(record.recordKey()));
    item.put("botId", s(bot.value()));
    item.put("conversationId", s(conversation.value()));
    item.put("recordType", s(record.isSessionHeader() ? "SESSION" : "MESSAGE"));
    record.createdAt().ifPresent(at -> item.put("createdAt", s(Timestamps.format(at))));
    record.header().ifPresent(header -> addHeader(item, bot, header));
    stack.dynamoDb().putItem(request -> request.tableName(stack.table(RECORDS)).item(item));
  }

  private static void addHeader(Map<String, AttributeValue> item, BotId bot, SessionHeader header) {
    String user = header.channelUser().orElseThrow().value();
    item.put("cId", s(user));
    item.put("channelUserKey", s(bot + "#" + user));
    item.put("startedAt", s(Timestamps.format(header.startedAt().orElseThrow())));
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }
}
