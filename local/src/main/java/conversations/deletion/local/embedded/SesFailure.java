package conversations.deletion.local.embedded;

/**
 * A failure that SES can be made to answer a send with.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
public enum SesFailure {
  THROTTLING(400, "Throttling", "Maximum sending rate exceeded."),
  MESSAGE_REJECTED(400, "MessageRejected", "Email address is on the suppression list."),
  INTERNAL_FAILURE(500, "InternalFailure", "The request processing has failed.");

  final int status;
  final String code;
  final String message;

  SesFailure(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }
}
