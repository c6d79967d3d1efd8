package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.texts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The policy for whoever deploys a stack of that name, and what IAM makes of it. */
final class DeployerPolicy {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "123456789012";

  /** One managed policy is too small for it. */
  static final List<Path> FILES =
      List.of(
          Path.of("../docs/deployer-policy.json"),
          Path.of("../docs/deployer-policy-services.json"),
          Path.of("../docs/deployer-policy-data.json"));

  private final List<JsonNode> statements;

  DeployerPolicy(String stack) {
    statements =
        statements().stream()
            .map(one -> parsed(filled(one.toString(), stack, "eu-west-1")))
            .toList();
  }

  /** As IAM decides where nothing is denied: by one statement, all of which fits. */
  boolean allows(String action, String arn, Map<String, String> context) {
    return statements.stream()
        .filter(one -> texts(one.path("Action")).contains(action))
        .filter(one -> texts(one.path("Resource")).stream().anyMatch(like -> fits(like, arn)))
        .anyMatch(one -> holds(one.path("Condition"), context));
  }

  /** All operators that the policy has compare texts, with stars or without. */
  private static boolean holds(JsonNode condition, Map<String, String> context) {
    for (JsonNode operator : condition) {
      for (Map.Entry<String, JsonNode> key : operator.properties()) {
        String value = context.getOrDefault(key.getKey(), "");
        if (texts(key.getValue()).stream().noneMatch(like -> fits(like, value))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean fits(String like, String text) {
    return text.matches("\\Q" + like.replace("*", "\\E.*\\Q") + "\\E");
  }

  /** Placeholders filled in as the guide's sed does. */
  static String filled(String text, String stack, String region) {
    String prefix = stack + "-";
    return text.replace("ACCOUNT", ACCOUNT)
        .replace("REGION", region)
        .replace("STACK", stack)
        .replace("PREFIX", prefix.substring(0, Math.min(24, prefix.length())));
  }

  /** The statements as they are in the files. */
  static List<JsonNode> statements() {
    return FILES.stream().flatMap(file -> read(file).path("Statement").valueStream()).toList();
  }

  static JsonNode read(Path file) {
    try {
      return parsed(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
