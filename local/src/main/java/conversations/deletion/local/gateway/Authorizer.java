package conversations.deletion.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.output.VisibleText;
import conversations.deletion.local.template.ApiDefinition;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the authorizer function about a token and keeps its answer for the time that the template
 * sets. It does not keep errors.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Lambda
 *     authorizers</a>
 */
final class Authorizer {

  /** The caller, and what the authorizer passes on about it. */
  record Identity(String principalId, Map<String, String> context) {}

  private record Verdict(Identity identity, AccessPolicy policy, Instant keptUntil) {}

  private final ApiDefinition.Authorizer definition;
  private final FunctionDefinition function;
  private final FunctionInvoker invoker;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Verdict> kept = new ConcurrentHashMap<>();

  Authorizer(
      ApiDefinition.Authorizer definition,
      FunctionDefinition function,
      FunctionInvoker invoker,
      InstantSource clock) {
    this.definition = definition;
    this.function = function;
    this.invoker = invoker;
    this.clock = clock;
  }

  /**
   * Returns the caller's identity if the caller may call that method, and throws a fault otherwise.
   */
  Identity authorize(GatewayRequest request, String methodArn) {
    String token = request.header(definition.header());
    if (token == null || token.isBlank() || !isValid(token)) {
      throw new GatewayFault(GatewayResponseType.UNAUTHORIZED);
    }
    Verdict verdict = verdict(token, methodArn);
    return switch (verdict.policy().decide(methodArn)) {
      case ALLOWED -> verdict.identity();
      case DENIED -> throw new GatewayFault(GatewayResponseType.ACCESS_DENIED);
      case EXPLICITLY_DENIED ->
          throw new GatewayFault(
              GatewayResponseType.ACCESS_DENIED,
              GatewayResponseType.ACCESS_DENIED.message + " with an explicit deny");
    };
  }

  private boolean isValid(String token) {
    return definition.validation().map(token::matches).orElse(true);
  }

  private Verdict verdict(String token, String methodArn) {
    kept.values().removeIf(verdict -> !clock.instant().isBefore(verdict.keptUntil()));
    Verdict known = kept.get(token);
    if (known != null) {
      return known;
    }
    Verdict verdict = ask(token, methodArn);
    if (clock.instant().isBefore(verdict.keptUntil())) {
      kept.put(token, verdict);
    }
    return verdict;
  }

  private Verdict ask(String token, String methodArn) {
    ObjectNode event =
        json.createObjectNode()
            .put("type", "TOKEN")
            .put("methodArn", methodArn)
            .put("authorizationToken", token);
    return switch (invoker.invoke(function, event.toString().getBytes(StandardCharsets.UTF_8))) {
      case InvocationResult.Success success -> read(success);
      case InvocationResult.FunctionError error when "Unauthorized".equals(error.errorMessage()) ->
          throw new GatewayFault(GatewayResponseType.UNAUTHORIZED);
      case InvocationResult.FunctionError error -> {
        System.err.println(VisibleText.of("The authorizer failed: " + error));
        throw new GatewayFault(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR);
      }
    };
  }

  private Verdict read(InvocationResult.Success success) {
    try {
      JsonNode output = json.readTree(success.payload());
      JsonNode principalId = output.path("principalId");
      if (!principalId.isTextual()) {
        throw new IllegalArgumentException("The result has no principalId");
      }
      return new Verdict(
          new Identity(principalId.asText(), context(output.path("context"))),
          AccessPolicy.parse(output.path("policyDocument")),
          clock.instant().plus(definition.reauthorizeEvery()));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(VisibleText.of("The authorizer's result is not valid: " + e.getMessage()));
      throw new GatewayFault(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR);
    }
  }

  /** Only plain values are allowed. They all become strings on their way to the function. */
  private static Map<String, String> context(JsonNode context) {
    LinkedHashMap<String, String> values = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> field : context.properties()) {
      if (field.getValue().isContainerNode()) {
        throw new IllegalArgumentException("The context holds a nested value: " + field.getKey());
      }
      if (!field.getValue().isNull()) {
        values.put(field.getKey(), field.getValue().asText());
      }
    }
    return values;
  }
}
