package conversations.deletion.local.gateway;

/**
 * The answers that API Gateway gives by itself, with AWS's own status and message.
 *
 * <p>AWS's table gives 504 for INTEGRATION_FAILURE. In operation, API Gateway was seen to answer
 * 502 after a function's error and for an answer that is not a proxy response.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
enum GatewayResponseType {
  DEFAULT_4XX(400, "Bad Request", "BadRequestException"),
  UNAUTHORIZED(401, "Unauthorized", "UnauthorizedException"),
  ACCESS_DENIED(403, "User is not authorized to access this resource", "AccessDeniedException"),
  MISSING_AUTHENTICATION_TOKEN(
      403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
  REQUEST_TOO_LARGE(413, "Request Too Long", "RequestTooLargeException"),
  AUTHORIZER_CONFIGURATION_ERROR(500, null, "AuthorizerConfigurationException"),
  DEFAULT_5XX(500, "Internal server error", "InternalServerErrorException"),
  INTEGRATION_FAILURE(502, "Internal server error", "InternalServerErrorException"),
  INTEGRATION_TIMEOUT(504, "Endpoint request timed out", "InternalServerErrorException");

  final int status;
  final String message;
  final String errorType;

  GatewayResponseType(int status, String message, String errorType) {
    this.status = status;
    this.message = message;
    this.errorType = errorType;
  }

  /** The type whose definition is used where this one has none. */
  String fallback() {
    return status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  }
}
