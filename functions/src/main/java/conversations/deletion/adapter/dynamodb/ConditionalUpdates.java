package conversations.deletion.adapter.dynamodb;

import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Updates whose condition may fail. */
final class ConditionalUpdates {

  private ConditionalUpdates() {}

  /** Updates, and tells whether the condition held. If it did not, nothing has changed. */
  static boolean holds(DynamoDbClient dynamoDb, Consumer<UpdateItemRequest.Builder> update) {
    try {
      dynamoDb.updateItem(update);
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }
}
