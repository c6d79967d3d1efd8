package conversations.deletion.local.simulation;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.local.PlatformTable;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.RecordsContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/** What holds for the service's own table holds for one with other names. */
final class PlatformTableIT extends RecordsContract {

  private static final Stack stack = new Stack();
  private static final PlatformTable table = PlatformTable.create(stack.dynamoDb());

  @AfterAll
  static void close() {
    table.close();
    stack.close();
  }

  @Override
  protected ConversationRecords records() {
    return new DynamoDbConversationRecords(
        new DynamoDbConversationReads(
            stack.dynamoDb(), table.shape(), Set.of("METRIC", "SESSION"), (_, _) -> {}),
        stack.dynamoDb(),
        table.shape(),
        new AwsOutages(),
        (_, _) -> {});
  }

  @Override
  protected void write(BotId bot, ConversationId conversation, RecordHead record) {
    table.put(bot, conversation, List.of(record));
  }

  @Override
  protected void writeHeader(
      BotId bot, ConversationId conversation, RecordHead header, String startedAt) {
    table.putHeader(bot, conversation, header, startedAt);
  }

  @Override
  protected void writeRetained(BotId bot, ConversationId conversation, RecordHead record) {
    table.putOfType("METRIC", bot, conversation, record);
  }
}
