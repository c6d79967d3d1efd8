package conversations.deletion.local.privilege;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call to AWS as it went over the wire.
 *
 * @param service the name that the request was signed for, which is also the service's prefix in
 *     IAM
 * @param parameters the JSON body, or the fields of the form of the older query protocol
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html">Elements
 *     of a signature</a>
 */
record AwsCall(String service, String operation, JsonNode parameters) {

  private static final Pattern CREDENTIAL_SCOPE =
      Pattern.compile("Credential=[^/]+/\\d{8}/[^/]+/(?<service>[^/]+)/aws4_request");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is not signed, or of neither protocol
   */
  static AwsCall read(Headers headers, byte[] body) throws IOException {
    String service = service(headers);
    String target = headers.getFirst("X-Amz-Target");
    if (target != null) {
      return new AwsCall(
          service, target.substring(target.lastIndexOf('.') + 1), JSON.readTree(body));
    }
    JsonNode form = form(new String(body, StandardCharsets.UTF_8));
    if (!form.has("Action")) {
      throw new IllegalArgumentException("A request to %s names no operation".formatted(service));
    }
    return new AwsCall(service, form.path("Action").asText(), form);
  }

  /** Reads a request of any protocol; S3 tells what it is about by method and URL. */
  static AwsCall read(String method, URI target, Headers headers, byte[] body) throws IOException {
    return service(headers).equals(S3Calls.SERVICE)
        ? S3Calls.read(method, target, body)
        : read(headers, body);
  }

  private static String service(Headers headers) {
    String authorization = String.valueOf(headers.getFirst("Authorization"));
    Matcher scope = CREDENTIAL_SCOPE.matcher(authorization);
    if (!scope.find()) {
      throw new IllegalArgumentException("A request is not signed: " + authorization);
    }
    return scope.group("service");
  }

  private static JsonNode form(String body) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
