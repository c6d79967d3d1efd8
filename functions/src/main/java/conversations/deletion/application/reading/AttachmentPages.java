package conversations.deletion.application.reading;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.domain.ConversationId;
import java.util.Optional;

/** The pages of one conversation's attachments, listed one after another. Used by one thread. */
public final class AttachmentPages {

  private final AttachmentLists attachments;
  private final ReadRight right;
  private final ConversationId conversation;
  private Optional<AttachmentPosition> next;
  private boolean isFirst = true;

  /**
   * @param after the position after which the first page begins; absent: at the beginning
   */
  public AttachmentPages(
      AttachmentLists attachments,
      ReadRight right,
      ConversationId conversation,
      Optional<AttachmentPosition> after) {
    this.attachments = attachments;
    this.right = right;
    this.conversation = conversation;
    this.next = after;
  }

  /**
   * Lists the next page. All but the first are listed only if time is left.
   *
   * @throws OutOfTimeException if none is
   */
  public AttachmentPage list() {
    if (!isFirst) {
      right.requireTimeToRead();
    }
    isFirst = false;
    Optional<AttachmentPosition> after = next;
    AttachmentPage page = right.insist(() -> attachments.list(right.bot(), conversation, after));
    next = page.next();
    return page;
  }

  /** The position after which the next page begins; absent if there is none. */
  public Optional<AttachmentPosition> next() {
    return next;
  }
}
