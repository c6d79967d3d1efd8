package conversations.deletion.client.registration;

import com.nimbusds.jose.JWSAlgorithm;
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
   * @throws IllegalArgumentException if a client app has this id already; that one is not changed
   * @throws RuntimeException if it could not be registered. Nothing of it remains then, except its
   *     secret if the answer to that request was lost
   */
  public void register(ClientApp app, Registration registration) {
    switch (app.key()) {
      case SigningKey.Secret(String text) -> {
        put(item(app.appId(), JWSAlgorithm.HS256, registration));
        createSecret(app.appId(), text);
      }
      case SigningKey.Pair pair -> register(app.appId(), pair.publicKey(), registration);
    }
  }

  /**
   * Registers a client app of which only the public key is known.
   *
   * @throws IllegalArgumentException if a client app has this id already; that one is not changed
   */
  public void register(String appId, PublicKeyText key, Registration registration) {
    Map<String, AttributeValue> item = item(appId, key.algorithm(), registration);
    item.put("publicKey", AttributeValue.fromS(key.pem()));
    put(item);
  }

  private static Map<String, AttributeValue> item(
      String appId, JWSAlgorithm algorithm, Registration registration) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("appId", AttributeValue.fromS(appId));
    item.put("name", AttributeValue.fromS(registration.name()));
    item.put("algorithm", AttributeValue.fromS(algorithm.getName()));
    item.put("enabled", AttributeValue.fromBool(true));
    item.put("requiresJti", AttributeValue.fromBool(registration.requiresJti()));
    item.put("allowsUndatedTokens", AttributeValue.fromBool(registration.allowsUndatedTokens()));
    item.put("scopes", AttributeValue.fromM(granted(registration.scopes())));
    return item;
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
