package conversations.deletion.local.embedded;

import java.util.List;

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
    String html) {}
