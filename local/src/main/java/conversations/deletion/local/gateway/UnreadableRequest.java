package conversations.deletion.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request that can't be read. API Gateway has one text for all that it refuses so.
 * Whoever tries the API on this machine is to learn what to change.
 */
final class UnreadableRequest {

  private static final String PROBLEM =
      """
      {"type":"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1",\
      "title":"Bad Request","status":400,\
      "detail":"The request can't be read. If its URL holds other characters than a URI may have, \
      percent-encode them: { is %%7B, | is %%7C, < is %%3C, %% is %%25.",\
      "instance":"%s","errors":[]}""";

  private UnreadableRequest() {}

  static GatewayAnswer answer(GatewayRequest request) {
    return new GatewayAnswer(
        400,
        Map.of(
            "Content-Type",
            List.of("application/problem+json"),
            "x-amzn-RequestId",
            List.of(request.requestId())),
        PROBLEM.formatted(request.requestId()).getBytes(StandardCharsets.UTF_8));
  }
}
