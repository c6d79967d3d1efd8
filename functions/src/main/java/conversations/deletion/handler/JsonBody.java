package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the body of a request as text. What the text says is not checked here. */
final class JsonBody {

  private static final int MAX_BYTES = 256 * 1024;

  private static final Pattern JSON_TYPE =
      Pattern.compile("\\s*application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private JsonBody() {}

  /**
   * Reads the body.
   *
   * @return the text; empty if there is no body
   * @throws ProblemException if it is not sent as JSON, is too large, or is not text
   */
  static String of(APIGatewayProxyRequestEvent event) {
    if (!isJson(event.getHeaders())) {
      throw new ProblemException(Problem.unsupportedMediaType());
    }
    String body = event.getBody() == null ? "" : event.getBody();
    if (Boolean.TRUE.equals(event.getIsBase64Encoded())) {
      return decode(body);
    }
    requireSize(body.getBytes(StandardCharsets.UTF_8).length);
    return body;
  }

  private static boolean isJson(Map<String, String> headers) {
    return headers != null
        && headers.entrySet().stream()
            .anyMatch(
                header ->
                    header.getKey().equalsIgnoreCase("Content-Type")
                        && header.getValue() != null
                        && JSON_TYPE.matcher(header.getValue()).matches());
  }

  private static String decode(String body) {
    try {
      byte[] bytes = Base64.getDecoder().decode(body);
      requireSize(bytes.length);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException _) {
      throw Faults.only(Faults.BODY, "malformed_json", "The body is not UTF-8 text.");
    }
  }

  private static void requireSize(int bytes) {
    if (bytes > MAX_BYTES) {
      throw new ProblemException(
          Problem.tooLarge("The body may have at most " + MAX_BYTES + " bytes."));
    }
  }
}
