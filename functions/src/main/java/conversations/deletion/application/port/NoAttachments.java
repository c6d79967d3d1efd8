package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Optional;

/**
 * The attachments where the stack names no bucket: there are none, so there is nothing to delete,
 * and no conversation's id is wrong for them.
 */
public final class NoAttachments implements Attachments {

  private static final AttachmentPage NOTHING =
      new AttachmentPage(List.of(), List.of(), Optional.empty());

  private static final UploadPage NO_UPLOADS = new UploadPage(List.of(), true);

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return true;
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    return NOTHING;
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    throw new IllegalArgumentException("Where there is no bucket, there is nothing to delete");
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    return NO_UPLOADS;
  }

  @Override
  public void abort(Upload upload) {
    throw new IllegalArgumentException("Where there is no bucket, there is no upload");
  }
}
