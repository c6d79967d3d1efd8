package conversations.deletion.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The policy that an authorizer returns, evaluated as IAM does: an explicit Deny wins, and what no
 * statement allows is denied.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     of a Lambda authorizer</a>
 */
final class AccessPolicy {

  /** What a policy says about one request. */
  enum Decision {
    ALLOWED,
    DENIED,
    EXPLICITLY_DENIED
  }

  private record Statement(boolean allows, List<Pattern> actions, List<Pattern> resources) {

    boolean covers(String action, String resource) {
      return actions.stream().anyMatch(pattern -> pattern.matcher(action).matches())
          && resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
    }
  }

  private final List<Statement> statements;

  private AccessPolicy(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Reads a policy document.
   *
   * @throws IllegalArgumentException if it is not a policy, or has elements that this class does
   *     not understand
   */
  static AccessPolicy parse(JsonNode document) {
    ArrayList<Statement> statements = new ArrayList<Statement>();
    for (JsonNode statement : items(document.path("Statement"))) {
      statements.add(statement(statement));
    }
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("The policy has no statement: " + document);
    }
    return new AccessPolicy(statements);
  }

  Decision decide(String resource) {
    List<Statement> matching =
        statements.stream()
            .filter(statement -> statement.covers("execute-api:Invoke", resource))
            .toList();
    if (matching.stream().anyMatch(statement -> !statement.allows())) {
      return Decision.EXPLICITLY_DENIED;
    }
    return matching.isEmpty() ? Decision.DENIED : Decision.ALLOWED;
  }

  private static Statement statement(JsonNode statement) {
    for (Map.Entry<String, JsonNode> element : statement.properties()) {
      boolean understood =
          List.of("Sid", "Effect", "Action", "Resource").contains(element.getKey());
      // The SDK's policy classes write a Condition even if there is none.
      if (!understood && !element.getValue().isEmpty()) {
        throw new IllegalArgumentException("Not understood in a policy: " + element.getKey());
      }
    }
    boolean allows =
        switch (statement.path("Effect").asText()) {
          case "Allow" -> true;
          case "Deny" -> false;
          default ->
              throw new IllegalArgumentException("A statement has no valid Effect: " + statement);
        };
    return new Statement(
        allows,
        patterns(statement.path("Action"), Pattern.CASE_INSENSITIVE),
        patterns(statement.path("Resource"), 0));
  }

  private static List<Pattern> patterns(JsonNode node, int flags) {
    List<Pattern> patterns =
        items(node).stream()
            .filter(JsonNode::isTextual)
            .map(item -> wildcards(item.asText(), flags))
            .toList();
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("A statement lacks an Action or a Resource");
    }
    return patterns;
  }

  /**
   * An asterisk stands for any characters, slashes included. A question mark stands for one
   * character.
   */
  private static Pattern wildcards(String text, int flags) {
    String expression = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(expression, flags | Pattern.DOTALL);
  }

  private static List<JsonNode> items(JsonNode node) {
    if (node.isArray()) {
      ArrayList<JsonNode> items = new ArrayList<JsonNode>();
      node.forEach(items::add);
      return items;
    }
    return node.isMissingNode() || node.isNull() ? List.of() : List.of(node);
  }
}
