package conversations.deletion.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.registration.ClientAppRegistry;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where a client app is registered.
 *
 * @param registry takes it
 * @param baseUrl where the API answers, where that is known
 * @param bot a bot that is there
 */
record Destination(ClientAppRegistry registry, Optional<String> baseUrl, Optional<String> bot)
    implements AutoCloseable {

  /** A deployed stack; region and credentials are found as the SDK finds them. */
  static Destination deployed(RegistrationOptions.Deployed stack) {
    var dynamoDb =
        DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    var secretsManager =
        SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    return new Destination(
        new ClientAppRegistry(
            dynamoDb, secretsManager, stack.clientAppsTable(), stack.secretsPrefix()),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The service that runs on this machine.
   *
   * @param description {@code local.json}, which {@code mvn -Plocal} writes
   * @throws IllegalArgumentException if there is no such file
   */
  static Destination local(Path description) {
    var local = read(description);
    var clients = AwsClients.of(endpoints(local.path("endpoints")), text(local, "region"));
    return new Destination(
        new ClientAppRegistry(
            clients.dynamoDb(),
            clients.secretsManager(),
            text(local.path("tables"), "ClientAppsTable"),
            text(local, "clientSecretsPrefix")),
        Optional.of(text(local, "baseUrl")),
        Optional.of(text(local, "botId")));
  }

  @Override
  public void close() {
    registry.dynamoDb().close();
    registry.secretsManager().close();
  }

  private static JsonNode read(Path description) {
    if (Files.notExists(description)) {
      throw new IllegalArgumentException(
          "Start the service with mvn -Plocal first; or, for a deployed stack, give"
              + " -DclientAppsTable, -DsecretsPrefix and -Dbot");
    }
    try {
      return new ObjectMapper().readTree(description.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Endpoints endpoints(JsonNode endpoints) {
    return new Endpoints(
        URI.create(text(endpoints, "dynamodb")),
        URI.create(text(endpoints, "sqs")),
        URI.create(text(endpoints, "ses")),
        URI.create(text(endpoints, "secretsmanager")));
  }

  private static String text(JsonNode node, String name) {
    if (!node.path(name).isTextual()) {
      throw new IllegalArgumentException(
          "local.json says nothing of %s: start mvn -Plocal again".formatted(name));
    }
    return node.path(name).asText();
  }
}
