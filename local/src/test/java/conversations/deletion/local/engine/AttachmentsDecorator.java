package conversations.deletion.local.engine;

import conversations.deletion.application.port.Attachments;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Optional;

/** Attachments that behave as the wrapped ones do. Tests override what should go wrong. */
class AttachmentsDecorator implements Attachments {

  private final Attachments real;

  AttachmentsDecorator(Attachments real) {
    this.real = real;
  }

  @Override
  public boolean canBeOf(ConversationId conversation) {
    return real.canBeOf(conversation);
  }

  @Override
  public AttachmentPage list(
      BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
    return real.list(bot, conversation, after);
  }

  @Override
  public DeletedAttachments delete(List<Attachment> attachments) {
    return real.delete(attachments);
  }

  @Override
  public UploadPage uploads(BotId bot, ConversationId conversation) {
    return real.uploads(bot, conversation);
  }

  @Override
  public void abort(Upload upload) {
    real.abort(upload);
  }
}
