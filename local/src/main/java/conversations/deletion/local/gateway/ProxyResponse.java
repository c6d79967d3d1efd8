package conversations.deletion.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what a proxy function returned. No field is mandatory, and no unknown field is allowed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format">Output
 *     format of a proxy function</a>
 */
final class ProxyResponse {

  private static final Set<String> FIELDS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /**
   * Headers that API Gateway keeps for itself.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Important
   *     notes</a>
   */
  private static final Set<String> REMAPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-md5",
          "date",
          "host",
          "server",
          "user-agent",
          "www-authenticate");

  private final ObjectMapper json = new ObjectMapper();

  /**
   * The answer to the caller.
   *
   * @throws IllegalArgumentException if the payload is not a proxy response
   */
  GatewayAnswer read(byte[] payload, GatewayRequest request) {
    JsonNode response = parse(payload);
    for (Map.Entry<String, JsonNode> field : response.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new IllegalArgumentException("unknown field " + field.getKey());
      }
    }
    TreeMap<String, List<String>> headers =
        new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", List.of("application/json"));
    headers.putAll(single(response.path("headers")));
    headers.putAll(multiple(response.path("multiValueHeaders")));
    headers.put("x-amzn-RequestId", List.of(request.requestId()));
    headers.put("x-amz-apigw-id", List.of(request.extendedRequestId()));
    return new GatewayAnswer(
        status(response.path("statusCode")), headers, body(response.path("body")));
  }

  private JsonNode parse(byte[] payload) {
    try {
      JsonNode response = json.readTree(payload);
      if (response.isObject()) {
        return response;
      }
      throw new IllegalArgumentException("not an object");
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static int status(JsonNode code) {
    if (isAbsent(code)) {
      return 200;
    }
    int status = Integer.parseInt(code.asText());
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status " + status);
    }
    return status;
  }

  private static byte[] body(JsonNode body) {
    if (isAbsent(body)) {
      return new byte[0];
    }
    if (!body.isTextual()) {
      throw new IllegalArgumentException("the body is not a string");
    }
    return body.asText().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> single(JsonNode headers) {
    LinkedHashMap<String, List<String>> values = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      values.put(passedOn(header.getKey()), List.of(plain(header.getValue())));
    }
    return values;
  }

  private static Map<String, List<String>> multiple(JsonNode headers) {
    LinkedHashMap<String, List<String>> values = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      ArrayList<String> all = new ArrayList<String>();
      header.getValue().forEach(value -> all.add(plain(value)));
      values.put(passedOn(header.getKey()), all);
    }
    return values;
  }

  private static String passedOn(String name) {
    return REMAPPED.contains(name.toLowerCase(Locale.ROOT)) ? "x-amzn-Remapped-" + name : name;
  }

  private static String plain(JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException("a header's value is not plain");
    }
    return value.asText();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
