package conversations.deletion.local.embedded;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A mail that SES accepted.
 *
 * @param sentAt ISO 8601
 */
public record Mail(
    String messageId,
    String sentAt,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    List<String> replyTo,
    String subject,
    String text,
    String html) {

  /**
   * Reads a mail from its MIME form.
   *
   * @throws SesException if it is none
   */
  static Mail ofMime(byte[] mime, String messageId, String sentAt) {
    try {
      Session session = jakarta.mail.Session.getInstance(new Properties());
      return new Parts(new MimeMessage(session, new ByteArrayInputStream(mime)))
          .mail(messageId, sentAt);
    } catch (MessagingException | IOException e) {
      throw new SesException("InvalidParameterValue", "Not a MIME message: " + e.getMessage());
    }
  }

  /** What a MIME message holds. */
  private static final class Parts {

    private final MimeMessage message;
    private String text;
    private String html;

    private Parts(MimeMessage message) throws MessagingException, IOException {
      this.message = message;
      read(message);
    }

    private Mail mail(String messageId, String sentAt) throws MessagingException {
      return new Mail(
          messageId,
          sentAt,
          addresses(message.getFrom()).stream().findFirst().orElse(""),
          addresses(message.getRecipients(RecipientType.TO)),
          addresses(message.getRecipients(RecipientType.CC)),
          addresses(message.getRecipients(RecipientType.BCC)),
          addresses(message.getReplyTo()),
          message.getSubject(),
          text,
          html);
    }

    private void read(Part part) throws MessagingException, IOException {
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          read(parts.getBodyPart(i));
        }
      } else if (part.isMimeType("text/html")) {
        html = part.getContent().toString();
      } else if (part.isMimeType("text/plain")) {
        text = part.getContent().toString();
      }
    }

    private static List<String> addresses(Address[] addresses) {
      return addresses == null
          ? List.of()
          : Arrays.stream(addresses)
              .map(
                  address ->
                      address instanceof InternetAddress internet
                          ? internet.getAddress()
                          : address.toString())
              .toList();
    }
  }
}
