package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A conversation that a preview lists.
 *
 * @param startedAt when it began, if that can be read
 * @param bytes the size of its records and attachments, estimated
 * @param held whether a hold keeps it
 * @param open whether it was still open when it was read
 * @param reason why a job can't delete it as it is, as a code
 */
public record PreviewedConversation(
    String conversationId,
    Optional<Instant> startedAt,
    long records,
    long attachments,
    long bytes,
    boolean held,
    boolean open,
    Optional<String> reason) {

  /**
   * Reads a conversation.
   *
   * @throws IllegalArgumentException if it lacks something
   * @throws java.time.DateTimeException if its start is no moment
   */
  static PreviewedConversation of(JsonNode conversation) {
    return new PreviewedConversation(
        Fields.text(conversation, "conversationId"),
        Fields.optionalInstant(conversation, "startedAt"),
        Fields.number(conversation, "records"),
        Fields.number(conversation, "attachments"),
        Fields.number(conversation, "bytes"),
        // A service of an older version has no holds.
        conversation.has("held") && Fields.flag(conversation, "held"),
        Fields.flag(conversation, "open"),
        Fields.optionalText(conversation, "reason"));
  }
}
