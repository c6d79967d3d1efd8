package conversations.deletion.local.gateway;

/** The gateway answers by itself: the request ends here. */
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

  /** The status that is answered where the template sets no other. */
  int status() {
    return status;
  }
}
