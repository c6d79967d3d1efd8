package conversations.deletion.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The REST API: its routes, who decides about access, and how the gateway words its own answers.
 */
public record ApiDefinition(
    String id,
    String stage,
    List<RouteDefinition> routes,
    Optional<Authorizer> authorizer,
    Map<String, GatewayResponse> gatewayResponses) {

  /**
   * A TOKEN authorizer.
   *
   * @param header the request header that holds the token
   * @param validation the expression that a token has to match as a whole before the function is
   *     asked
   * @param reauthorizeEvery how long a result is kept for a token; zero keeps none
   */
  public record Authorizer(
      String functionId, String header, Optional<String> validation, Duration reauthorizeEvery) {}

  /**
   * An answer of the gateway's own.
   *
   * @param headers static values, without their quotes
   * @param templates body templates by content type
   */
  public record GatewayResponse(
      OptionalInt statusCode, Map<String, String> headers, Map<String, String> templates) {}
}
