package conversations.deletion.client.registration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Registers client apps in their table, and their secrets, if they have one, in Secrets Manager. Of
 * a key pair, only the public key is registered.
 *
 * @param table the table of client apps
 * @param secretsPrefix the name of a secret is this prefix and the {@code appId}
 * @param kmsKeyId the key that encrypts secrets
 */
public record ClientAppRegistry(
    DynamoDbClient dynamoDb,
    SecretsManagerClient secretsManager,
    String table,
    String secretsPrefix,
    String kmsKeyId) {

  /**
   * Registers a client app.
   *
   * @param scopes what it may do, by bot
   * @throws IllegalArgumentException if a client app has this id already; that one is not changed
   * @throws RuntimeException if it could not be registered. Nothing of it remains then, except its
   *     secret if the answer to that request was lost
   */
  public void register(ClientApp app, String name, Map<String, Set<String>> scopes) {
    HashMap<String, AttributeValue> item = new HashMap<String, AttributeValue>();
    item.put("appId", AttributeValue.fromS(app.appId()));
    item.put("name", AttributeValue.fromS(name));
    item.put("algorithm", AttributeValue.fromS(app.key().algorithm().getName()));
    item.put("enabled", AttributeValue.fromBool(true));
    item.put("requiresJti", AttributeValue.fromBool(app.requiresJti()));
    item.put("scopes", AttributeValue.fromM(granted(scopes)));
    if (app.key() instanceof SigningKey.Pair pair) {
      item.put("publicKey", AttributeValue.fromS(pair.publicPem()));
    }
    put(item);
    if (app.key() instanceof SigningKey.Secret(String text)) {
      createSecret(app.appId(), text);
    }
  }

  private void createSecret(String appId, String text) {
    try {
      secretsManager.createSecret(
          request -> request.name(secretsPrefix + appId).kmsKeyId(kmsKeyId).secretString(text));
    } catch (RuntimeException e) {
      dynamoDb.deleteItem(
          request -> request.tableName(table).key(Map.of("appId", AttributeValue.fromS(appId))));
      throw e;
    }
  }

  private void put(Map<String, AttributeValue> item) {
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(appId)"));
    } catch (ConditionalCheckFailedException e) {
      throw new IllegalArgumentException(
          "There is already a client app %s".formatted(item.get("appId").s()), e);
    }
  }

  private static Map<String, AttributeValue> granted(Map<String, Set<String>> scopes) {
    return scopes.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, bot -> AttributeValue.builder().ss(bot.getValue()).build()));
  }
}
