package conversations.deletion.local.gateway;

/** Ends a request with an answer of the gateway's own. */
final class GatewayFault extends RuntimeException {

  private final GatewayResponseType type;
  private final int status;

  GatewayFault(GatewayResponseType type) {
    this(type, type.message, type.status);
  }

  GatewayFault(GatewayResponseType type, String message) {
    this(type, message, type.status);
  }

  GatewayFault(GatewayResponseType type, String message, int status) {
    super(message);
    this.type = type;
    this.status = status;
  }

  GatewayResponseType type() {
    return type;
  }

  /** The answer's status, unless the template sets another. */
  int status() {
    return status;
  }
}
