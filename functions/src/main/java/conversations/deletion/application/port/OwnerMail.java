package conversations.deletion.application.port;

/** Sends e-mails to the owners of bots. */
public interface OwnerMail {

  /**
   * Hands an e-mail to the e-mail service, in one attempt.
   *
   * @throws UndeliverableException if it is refused for good: trying again would not help
   * @throws MailFailedException if it failed for now, or it is not known whether it did
   */
  void send(Email email);

  /**
   * An e-mail to one recipient.
   *
   * @param to the recipient's address
   * @param html the same content as {@code text}, with a layout
   */
  record Email(String to, String subject, String text, String html) {}

  /** The e-mail service refuses the e-mail for good. */
  final class UndeliverableException extends RuntimeException {

    private final String reason;

    /**
     * @param reason a code, such as the e-mail service's own; no address and no text
     */
    public UndeliverableException(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }

  /** The e-mail service did not take the e-mail this time. */
  final class MailFailedException extends RuntimeException {

    private final String reason;

    /**
     * @param reason a code, such as the e-mail service's own; no address and no text
     */
    public MailFailedException(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
