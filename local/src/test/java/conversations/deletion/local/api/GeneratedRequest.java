package conversations.deletion.local.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.api.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A request that a caller could send.
 *
 * @param id of the job, the preview or the hold that it is about, if the operation is about one
 * @param query names and values, in order; a name can occur again
 * @param headers the headers besides the token
 * @param body null if there is none
 */
record GeneratedRequest(
    Operation operation,
    String bot,
    String id,
    List<Map.Entry<String, String>> query,
    Map<String, String> headers,
    String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The path as it is sent, with the query. */
  String target() {
    String parameters =
        query.stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return path() + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  String path() {
    return operation
        .path()
        .replace("{botId}", encoded(bot))
        .replace("{jobId}", encoded(id))
        .replace("{previewId}", encoded(id))
        .replace("{holdId}", encoded(id));
  }

  /** The event that API Gateway makes of it, with the context that the authorizer returned. */
  byte[] event(Map<String, String> authorizer) {
    ObjectNode event =
        JSON.createObjectNode()
            .put("resource", operation.path())
            .put("path", path())
            .put("httpMethod", operation.method());
    event.set("headers", JSON.valueToTree(headers));
    event.set(
        "multiValueHeaders",
        JSON.valueToTree(
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue())))));
    if (!query.isEmpty()) {
      event.set(
          "queryStringParameters",
          JSON.valueToTree(
              query.stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last))));
      event.set(
          "multiValueQueryStringParameters",
          JSON.valueToTree(
              query.stream()
                  .collect(
                      Collectors.groupingBy(
                          Map.Entry::getKey,
                          Collectors.mapping(Map.Entry::getValue, Collectors.toList())))));
    }
    ObjectNode parameters = event.putObject("pathParameters").put("botId", bot);
    for (String name : List.of("jobId", "previewId", "holdId")) {
      if (operation.path().contains("{" + name + "}")) {
        parameters.put(name, id);
      }
    }
    ObjectNode context =
        event
            .putObject("requestContext")
            .put("path", path())
            .put("requestId", UUID.randomUUID().toString())
            .put("httpMethod", operation.method());
    context.set("authorizer", JSON.valueToTree(authorizer));
    event.put("body", body).put("isBase64Encoded", false);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
