package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer that a caller gets.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param headers further headers
 * @param body what becomes JSON: maps, lists, texts, numbers and booleans
 */
record Answer(int status, String contentType, Map<String, String> headers, Object body) {

  private static final String JSON_TYPE = "application/json; charset=UTF-8";

  static Answer json(int status, Map<String, String> headers, Object body) {
    return new Answer(status, JSON_TYPE, headers, body);
  }

  /** The same answer, with further headers. */
  Answer with(Map<String, String> furtherHeaders) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(furtherHeaders);
    return new Answer(status, contentType, all, body);
  }

  APIGatewayProxyResponseEvent toEvent() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Content-Type", contentType);
    all.put("Cache-Control", "no-store");
    all.putAll(headers);
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(JsonText.of(body))
        .withIsBase64Encoded(false);
  }
}
