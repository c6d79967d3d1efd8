package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.faults;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  private static final int LIMIT = 262_144;

  private static ProblemException refusal(APIGatewayProxyRequestEvent event) {
    return catchThrowableOfType(ProblemException.class, () -> JsonBody.of(event));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        " application/json ; a=b; c=d"
      })
  void isTakenAsJson(String contentType) {
    assertThat(JsonBody.of(request("{}").withHeaders(Map.of("content-TYPE", contentType))))
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/jsonp",
        "application/json+x",
        "application/problem+json",
        "text/plain; application/json",
        "application/json, text/plain",
        "application/x-www-form-urlencoded"
      })
  void isRefusedAsAnythingElse(String contentType) {
    assertThat(
            refusal(request("{}").withHeaders(Map.of("Content-Type", contentType)))
                .problem()
                .status())
        .isEqualTo(415);
  }

  @Test
  void isRefusedWithoutAType() {
    Map<String, String> untyped = new HashMap<>();
    untyped.put("Content-Type", null);

    assertThat(refusal(request("{}").withHeaders(Map.of())).problem().status()).isEqualTo(415);
    assertThat(refusal(request("{}").withHeaders(null)).problem().status()).isEqualTo(415);
    assertThat(refusal(request("{}").withHeaders(untyped)).problem().status()).isEqualTo(415);
  }

  @Test
  void isMeasuredInBytes() {
    assertThat(JsonBody.of(request("x".repeat(LIMIT)))).hasSize(LIMIT);
    assertThat(JsonBody.of(request("ä".repeat(LIMIT / 2)))).hasSize(LIMIT / 2);
    assertThat(refusal(request("x".repeat(LIMIT + 1))).problem().status()).isEqualTo(413);
    assertThat(refusal(request("ä".repeat(LIMIT / 2) + "x")).problem().status()).isEqualTo(413);
  }

  @Test
  void isDecodedAndThenMeasured() {
    String text = "ä".repeat(LIMIT / 2);

    assertThat(
            JsonBody.of(
                request(base64(text.getBytes(StandardCharsets.UTF_8))).withIsBase64Encoded(true)))
        .isEqualTo(text);
    assertThat(
            refusal(request(base64(new byte[LIMIT + 1])).withIsBase64Encoded(true))
                .problem()
                .status())
        .isEqualTo(413);
  }

  @Test
  void isTextInUtf8() {
    byte[] utf16 = "{}ä".getBytes(StandardCharsets.UTF_16);

    assertThat(faults(refusal(request(base64(utf16)).withIsBase64Encoded(true))))
        .containsExactly("body: malformed_json");
    assertThat(faults(refusal(request("no base64!").withIsBase64Encoded(true))))
        .containsExactly("body: malformed_json");
  }

  @Test
  void mayBeMissing() {
    assertThat(JsonBody.of(request(null))).isEmpty();
    assertThat(JsonBody.of(request(null).withIsBase64Encoded(true))).isEmpty();
  }
}
