package conversations.deletion.bench;

import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The usual script: query a conversation, delete it in batches, go on with the next. */
final class Script {

  private final DynamoDbClient dynamoDb;

  Script(Clients clients) {
    this.dynamoDb = clients.dynamoDb();
  }

  void delete(SampleUser user) {
    for (int i = user.first(); i < user.first() + user.conversations(); i++) {
      delete(SampleUser.conversationKey(i));
    }
  }

  private void delete(String conversation) {
    Map<String, AttributeValue> next = Map.of();
    do {
      Map<String, AttributeValue> after = next;
      QueryResponse page =
          dynamoDb.query(
              request ->
                  request
                      .tableName(RecordsTable.NAME)
                      .keyConditionExpression("conversationKey = :conversation")
                      .expressionAttributeValues(
                          Map.of(":conversation", AttributeValue.fromS(conversation)))
                      .projectionExpression("conversationKey, recordKey")
                      .exclusiveStartKey(after.isEmpty() ? null : after));
      List<Map<String, AttributeValue>> keys = page.items();
      for (int first = 0; first < keys.size(); first += BareBatch.MAX) {
        BareBatch.delete(
            dynamoDb, keys.subList(first, Math.min(keys.size(), first + BareBatch.MAX)));
      }
      next = page.lastEvaluatedKey();
    } while (!next.isEmpty());
  }
}
