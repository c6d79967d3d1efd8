package conversations.deletion.local.embedded;

/** A request that SES refuses, with the code that its API names. */
final class SesException extends RuntimeException {

  private final int status;
  private final String code;

  SesException(String code, String message) {
    this(400, code, message);
  }

  SesException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
