package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Optional;

/** Where no bucket is named, no conversation has attachments. */
final class NoAttachments implements Attachments {

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return true;
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    return new AttachmentPage(List.of(), List.of(), Optional.empty());
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    throw new IllegalStateException("there are no attachments");
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    return new UploadPage(List.of(), true);
  }

  @Override
  public void abort(Upload upload) {
    throw new IllegalStateException("there are no uploads");
  }
}
