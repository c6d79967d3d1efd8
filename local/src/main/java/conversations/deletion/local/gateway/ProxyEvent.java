package conversations.deletion.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.ApiDefinition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the event of a Lambda proxy integration.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">Input
 *     format of a proxy function</a>
 */
final class ProxyEvent {

  private static final DateTimeFormatter COMMON_LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ObjectMapper json = new ObjectMapper();
  private final ApiDefinition api;
  private final Account account;

  ProxyEvent(ApiDefinition api, Account account) {
    this.api = api;
    this.account = account;
  }

  byte[] of(GatewayRequest request, Router.Match match, Optional<Authorizer.Identity> identity) {
    ObjectNode event =
        json.createObjectNode()
            .put("resource", match.route().path())
            .put("path", request.path())
            .put("httpMethod", request.method());
    putAll(event, "headers", "multiValueHeaders", headers(request));
    putAll(
        event, "queryStringParameters", "multiValueQueryStringParameters", query(request.query()));
    event.set(
        "pathParameters",
        match.pathParameters().isEmpty() ? null : json.valueToTree(match.pathParameters()));
    event.set("stageVariables", null);
    event.set("requestContext", context(request, match, identity));
    event.put(
        "body",
        request.body().length == 0 ? null : new String(request.body(), StandardCharsets.UTF_8));
    event.put("isBase64Encoded", false);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode context(
      GatewayRequest request, Router.Match match, Optional<Authorizer.Identity> identity) {
    ObjectNode context =
        json.createObjectNode()
            .put("resourceId", "local")
            .put("resourcePath", match.route().path())
            .put("httpMethod", request.method())
            .put("extendedRequestId", request.extendedRequestId())
            .put("requestTime", COMMON_LOG_TIME.format(request.receivedAt()))
            // As behind a custom domain name, the caller's path holds no stage.
            .put("path", request.path())
            .put("accountId", account.id())
            .put("protocol", "HTTP/1.1")
            .put("stage", api.stage())
            .put("domainPrefix", api.id())
            .put("requestTimeEpoch", request.receivedAt().toEpochMilli())
            .put("requestId", request.requestId())
            .put("domainName", request.header("Host"))
            .put("apiId", api.id());
    context
        .putObject("identity")
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.header("User-Agent"));
    identity.ifPresent(
        caller -> {
          ObjectNode authorizer = context.putObject("authorizer");
          caller.context().forEach(authorizer::put);
          authorizer.put("principalId", caller.principalId());
        });
    return context;
  }

  private static Map<String, List<String>> headers(GatewayRequest request) {
    LinkedHashMap<String, List<String>> headers = new LinkedHashMap<String, List<String>>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Connection")
                  && !name.equalsIgnoreCase("Content-Length")) {
                headers.put(name, values);
              }
            });
    headers.put("X-Forwarded-For", List.of(request.sourceIp()));
    headers.put("X-Forwarded-Proto", List.of("http"));
    return headers;
  }

  private static Map<String, List<String>> query(String query) {
    LinkedHashMap<String, List<String>> parameters = new LinkedHashMap<String, List<String>>();
    if (query != null) {
      for (String pair : query.split("&")) {
        String[] parts = pair.split("=", 2);
        if (!parts[0].isEmpty()) {
          parameters
              .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
              .add(parts.length == 2 ? decode(parts[1]) : "");
        }
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Puts both forms: the last value alone, and all values. Both are null if there is no value. */
  private void putAll(
      ObjectNode event, String single, String multiple, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.set(single, null);
      event.set(multiple, null);
      return;
    }
    ObjectNode last = event.putObject(single);
    values.forEach((name, all) -> last.put(name, all.getLast()));
    event.set(multiple, json.valueToTree(values));
  }
}
