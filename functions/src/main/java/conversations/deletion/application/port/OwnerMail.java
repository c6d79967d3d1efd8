package conversations.deletion.application.port;

/** Sends e-mails to the owners of bots. */
public interface OwnerMail {

  /**
   * Hands an e-mail to the e-mail service, in one attempt.
   *
   * @throws UndeliverableException if it is refused for good, for something wrong with the
   *     recipient or the e-mail itself
   * @throws SenderRefusedException if nothing is taken from this sender until its operators have
   *     mended something
   * @throws MailFailedException if it was certainly not taken this time
   * @throws NoAnswerException if it is not known whether it was taken
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

  /**
   * The e-mail service was asked to take the e-mail, and did not answer in time whether it did. It
   * may have.
   */
  final class NoAnswerException extends RuntimeException {

    public NoAnswerException(Throwable cause) {
      super("no answer", cause);
    }
  }

  /** The e-mail service certainly did not take the e-mail this time. */
  sealed class MailFailedException extends RuntimeException {

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

  /**
   * The e-mail service takes nothing from this account or its sender, whoever the recipient is. The
   * operators have to mend that; then the e-mail can be sent.
   */
  final class SenderRefusedException extends MailFailedException {

    /**
     * @param reason a code, such as the e-mail service's own; no address and no text
     */
    public SenderRefusedException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
