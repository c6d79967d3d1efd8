package conversations.deletion.local.gateway;

import conversations.deletion.local.template.ApiDefinition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the gateway's own answers. It uses the template's definition for the type, else the
 * template's default for the class of status, else AWS's own text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
 *     responses</a>
 */
final class GatewayResponses {

  private static final String JSON = "application/json";
  private static final String AWS_BODY = "{\"message\":$context.error.messageString}";
  private static final Pattern VARIABLE = Pattern.compile("\\$context(\\.[A-Za-z]+)+");

  private final Map<String, ApiDefinition.GatewayResponse> defined;

  GatewayResponses(Map<String, ApiDefinition.GatewayResponse> defined) {
    this.defined = defined;
    Variables request = new Variables("", "", "", "", "", "");
    for (ApiDefinition.GatewayResponse response : defined.values()) {
      response.templates().values().forEach(template -> render(template, request));
    }
  }

  GatewayAnswer answer(GatewayFault fault, GatewayRequest request) {
    GatewayResponseType type = fault.type();
    Optional<ApiDefinition.GatewayResponse> definition =
        Optional.ofNullable(defined.get(type.name()))
            .or(() -> Optional.ofNullable(defined.get(type.fallback())));
    Integer status =
        definition.map(found -> found.statusCode().orElse(fault.status())).orElse(fault.status());
    String template = definition.map(found -> found.templates().get(JSON)).orElse(AWS_BODY);
    LinkedHashMap<String, List<String>> headers = new LinkedHashMap<String, List<String>>();
    headers.put("Content-Type", List.of(JSON));
    headers.put("x-amzn-RequestId", List.of(request.requestId()));
    headers.put("x-amz-apigw-id", List.of(request.extendedRequestId()));
    headers.put("x-amzn-ErrorType", List.of(type.errorType));
    definition.ifPresent(
        found -> found.headers().forEach((name, value) -> headers.put(name, List.of(value))));
    String body = render(template, Variables.of(fault, request));
    return new GatewayAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String render(String template, Variables variables) {
    return VARIABLE
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(variables.value(match.group())));
  }

  private record Variables(
      String requestId,
      String extendedRequestId,
      String message,
      String messageString,
      String responseType,
      String path) {

    static Variables of(GatewayFault fault, GatewayRequest request) {
      String message = fault.getMessage();
      return new Variables(
          request.requestId(),
          request.extendedRequestId(),
          message == null ? "" : message,
          message == null ? "null" : "\"" + message.replace("\"", "\\\"") + "\"",
          fault.type().name(),
          request.path());
    }

    String value(String variable) {
      return switch (variable.substring("$context.".length())) {
        case "requestId" -> requestId;
        case "extendedRequestId" -> extendedRequestId;
        case "error.message" -> message;
        case "error.messageString" -> messageString;
        case "error.responseType" -> responseType;
        case "path" -> path;
        default ->
            throw new IllegalArgumentException(
                "A gateway response uses a variable that is not understood here: " + variable);
      };
    }
  }
}
