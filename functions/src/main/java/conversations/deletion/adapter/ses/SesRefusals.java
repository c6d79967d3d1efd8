package conversations.deletion.adapter.ses;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whose trouble it is that SES refuses an e-mail: its operators' or the recipient's (SES API
 * Reference, SendEmail and Common Errors).
 */
final class SesRefusals {

  /** The sender's identity is not verified. */
  static final String SENDER_NOT_VERIFIED = "SenderNotVerified";

  /** The account is in the sandbox, where a recipient has to be verified too. */
  static final String IN_SANDBOX = "InSandbox";

  /** SES has stopped the account from sending. */
  static final String SENDING_PAUSED = "SendingPaused";

  /** The sender's address can't be one, so SES refuses each e-mail, in words that fit either. */
  static final String INVALID_SENDER = "InvalidSender";

  private static final Pattern ADDRESS =
      Pattern.compile("[!-~&&[^@<>(),;:\\\\\"\\[\\]]]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  private static final String REJECTED = "MessageRejected";
  private static final String NOT_VERIFIED = "address is not verified";

  /** Errors that would come again with the same recipient. */
  private static final Set<String> ABOUT_THE_RECIPIENT =
      Set.of(REJECTED, "InvalidParameterValue", "ValidationError");

  /** Errors that any recipient's e-mail gets, by names without "Exception" at their end. */
  private static final Set<String> ABOUT_THE_SENDER =
      Set.of(
          "AccessDenied",
          "AccountSendingPaused",
          "ConfigurationSetDoesNotExist",
          "ConfigurationSetSendingPaused",
          "MailFromDomainNotVerified");

  private SesRefusals() {}

  /**
   * What the operators have to mend before the e-mail can be sent; empty if it is nothing of
   * theirs.
   *
   * @param code the error's code
   * @param message the error's text. Of a rejected message only the text tells why, by naming the
   *     identities that are not verified
   */
  static Optional<String> troubleOfTheSender(
      String code, String message, String sender, String recipient) {
    if (isAboutTheRecipient(code) && !ADDRESS.matcher(sender).matches()) {
      return Optional.of(INVALID_SENDER);
    }
    if (ABOUT_THE_SENDER.contains(code.replaceFirst("Exception$", ""))) {
      return Optional.of(code);
    }
    String text = message.toLowerCase(Locale.ROOT);
    if (!code.equals(REJECTED)) {
      return Optional.empty();
    }
    if (text.contains(NOT_VERIFIED)) {
      return Optional.of(namesOnly(message, recipient) ? IN_SANDBOX : SENDER_NOT_VERIFIED);
    }
    return text.contains("sending suspended") || text.contains("sending paused")
        ? Optional.of(SENDING_PAUSED)
        : Optional.empty();
  }

  /** Tells whether the same recipient would be refused again. */
  static boolean isAboutTheRecipient(String code) {
    return ABOUT_THE_RECIPIENT.contains(code);
  }

  /** The identities stand at the text's end, after a colon and with commas between. */
  private static boolean namesOnly(String message, String recipient) {
    Stream<String> identities =
        Arrays.stream(message.substring(message.lastIndexOf(": ") + 1).split(","));
    return identities.map(String::strip).allMatch(recipient.strip()::equalsIgnoreCase);
  }
}
