package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewRef;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Finds previews in the table of previews. */
public final class DynamoDbPreviews implements Previews {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbPreviews(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public Optional<Preview> find(BotId bot, PreviewId preview) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(PreviewItems.key(new PreviewRef(bot, preview)))
            .consistentRead(true)
            .build();
    Map<String, AttributeValue> item = dynamoDb.getItem(request).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(PreviewItems.read(item));
  }
}
