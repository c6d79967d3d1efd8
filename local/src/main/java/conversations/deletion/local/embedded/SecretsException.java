package conversations.deletion.local.embedded;

/** A request that Secrets Manager refuses, with the code that its API names. */
final class SecretsException extends RuntimeException {

  private final String code;

  SecretsException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
