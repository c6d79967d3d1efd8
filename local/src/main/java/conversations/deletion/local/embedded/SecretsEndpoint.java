package conversations.deletion.local.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import conversations.deletion.local.embedded.HttpEndpoint.EndpointAnswer;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of Secrets Manager that creates, replaces, reads, describes and deletes secrets. It
 * encrypts nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">Secrets
 *     Manager API reference</a>
 */
public final class SecretsEndpoint implements AutoCloseable {

  /** The fields of a secret's value; one of them is set. */
  private static final String[] VALUES = {"SecretString", "SecretBinary"};

  private record Version(String id, String field, String value, Instant createdAt) {}

  private record Secret(
      String arn,
      String name,
      Optional<String> kmsKeyId,
      Version current,
      Optional<Version> previous) {}

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private final Account account;
  private final HttpEndpoint http;

  private SecretsEndpoint(Listening listening, Account account) {
    this.account = account;
    this.http = HttpEndpoint.start(listening, this::answer);
  }

  /** Starts it on a free port there; its ARNs name that account. */
  public static SecretsEndpoint start(Listening listening, Account account) {
    return new SecretsEndpoint(listening, account);
  }

  public URI endpoint() {
    return http.uri();
  }

  @Override
  public void close() {
    http.close();
  }

  private EndpointAnswer answer(HttpExchange request, String body) {
    try {
      String target = String.valueOf(request.getRequestHeaders().getFirst("X-Amz-Target"));
      return json(200, act(target.substring(target.indexOf('.') + 1), json.readTree(body)));
    } catch (SecretsException e) {
      return json(400, fault(e.code(), e.getMessage()));
    } catch (JsonProcessingException e) {
      return json(400, fault("SerializationException", e.getOriginalMessage()));
    }
  }

  private ObjectNode act(String operation, JsonNode input) {
    return switch (operation) {
      case "CreateSecret" -> create(input);
      case "PutSecretValue" -> put(input);
      case "GetSecretValue" -> get(input);
      case "DescribeSecret" -> describe(input);
      case "DeleteSecret" -> delete(input);
      default ->
          throw new SecretsException(
              "UnknownOperationException", "Unknown operation: " + operation);
    };
  }

  private ObjectNode create(JsonNode input) {
    String name = required(input, "Name");
    Optional<String> kmsKeyId = Optional.ofNullable(input.path("KmsKeyId").textValue());
    Secret created =
        new Secret(account.secretArn(name), name, kmsKeyId, version(input), Optional.empty());
    if (secrets.putIfAbsent(name, created) != null) {
      throw new SecretsException(
          "ResourceExistsException",
          "The operation failed because the secret %s already exists.".formatted(name));
    }
    return described(created).put("VersionId", created.current().id());
  }

  private ObjectNode put(JsonNode input) {
    Version version = version(input);
    Secret found = find(input);
    Secret replaced =
        secrets.computeIfPresent(
            found.name(),
            (name, secret) ->
                new Secret(
                    secret.arn(), name, secret.kmsKeyId(), version, Optional.of(secret.current())));
    ObjectNode output = described(replaced).put("VersionId", version.id());
    output.putArray("VersionStages").add("AWSCURRENT");
    return output;
  }

  private ObjectNode get(JsonNode input) {
    Secret secret = find(input);
    String stage = input.path("VersionStage").asText("AWSCURRENT");
    Optional<Version> version =
        switch (stage) {
          case "AWSCURRENT" -> Optional.of(secret.current());
          case "AWSPREVIOUS" -> secret.previous();
          default -> Optional.<Version>empty();
        };
    return version
        .map(
            found -> {
              ObjectNode output = described(secret).put("VersionId", found.id());
              output.put(found.field(), found.value());
              output.put("CreatedDate", found.createdAt().toEpochMilli() / 1000.0);
              output.putArray("VersionStages").add(stage);
              return output;
            })
        .orElseThrow(
            () ->
                new SecretsException(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for staging label: "
                        + stage));
  }

  private ObjectNode describe(JsonNode input) {
    Secret secret = find(input);
    ObjectNode output = described(secret);
    secret.kmsKeyId().ifPresent(key -> output.put("KmsKeyId", key));
    return output;
  }

  private ObjectNode delete(JsonNode input) {
    if (!input.path("ForceDeleteWithoutRecovery").asBoolean()) {
      throw new SecretsException(
          "InvalidRequestException", "A deletion that can be taken back is not understood here.");
    }
    Secret secret = find(input);
    secrets.remove(secret.name());
    return described(secret).put("DeletionDate", Instant.now().toEpochMilli() / 1000.0);
  }

  private Secret find(JsonNode input) {
    String id = required(input, "SecretId");
    return secrets.values().stream()
        .filter(secret -> secret.name().equals(id) || secret.arn().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new SecretsException(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  private ObjectNode described(Secret secret) {
    return json.createObjectNode().put("ARN", secret.arn()).put("Name", secret.name());
  }

  private ObjectNode fault(String code, String message) {
    return json.createObjectNode().put("__type", code).put("Message", message);
  }

  private static Version version(JsonNode input) {
    for (String field : VALUES) {
      if (input.hasNonNull(field)) {
        String token = input.path("ClientRequestToken").asText(UUID.randomUUID().toString());
        return new Version(token, field, input.get(field).asText(), Instant.now());
      }
    }
    throw new SecretsException(
        "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
  }

  private static String required(JsonNode input, String field) {
    if (!input.hasNonNull(field)) {
      throw new SecretsException("InvalidParameterException", field + " is missing.");
    }
    return input.get(field).asText();
  }

  private static EndpointAnswer json(int status, ObjectNode body) {
    return new EndpointAnswer(status, "application/x-amz-json-1.1", body.toString());
  }
}
