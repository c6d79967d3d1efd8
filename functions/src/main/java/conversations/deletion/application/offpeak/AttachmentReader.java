package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.Attachment;
import conversations.deletion.application.port.Attachments.AttachmentPage;
import conversations.deletion.application.port.Attachments.AttachmentPosition;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.application.port.Attachments.UploadPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists what lies in the bucket of a conversation, before and after it is deleted.
 *
 * <p>Safe for use by several threads.
 */
public final class AttachmentReader {

  private final Attachments attachments;

  public AttachmentReader(Attachments attachments) {
    this.attachments = attachments;
  }

  /** Tells whether the attachments of a conversation of this id can be told from all others. */
  boolean canTell(ConversationId conversation) {
    return attachments.canBeOf(conversation);
  }

  /**
   * Lists as many attachments as a plan holds, from the first on. All that is left of an earlier
   * plan is among them.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException if time ran out
   *     between two pages
   */
  Listed list(HeldLease lease, JobConversation conversation) {
    if (!canTell(conversation.conversation())) {
      return Listed.NOTHING;
    }
    BotId bot = lease.job().bot();
    Gathered gathered = new Gathered(conversation.plan(Store.ATTACHMENTS));
    Optional<AttachmentPosition> next = Optional.empty();
    do {
      Optional<AttachmentPosition> after = next;
      if (after.isPresent()) {
        lease.keepAlive();
        lease.requireTimeToDelete();
      }
      AttachmentPage page =
          lease.insist(() -> attachments.list(bot, conversation.conversation(), after));
      gathered.add(page);
      next = page.next();
    } while (next.isPresent() && gathered.goesOnAfter(next.get()));
    return gathered.listed(next.isEmpty());
  }

  /**
   * Looks whether anything is left. Unfinished uploads are aborted before that: one that is
   * finished meanwhile is an attachment, and is listed.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException as above
   */
  Listed look(HeldLease lease, JobConversation conversation) {
    if (!canTell(conversation.conversation())) {
      return Listed.NOTHING;
    }
    Optional<RuntimeException> refusal = abortUploads(lease, conversation.conversation());
    Listed listed = list(lease, conversation);
    return refusal.map(listed::refused).orElse(listed);
  }

  private Optional<RuntimeException> abortUploads(HeldLease lease, ConversationId conversation) {
    BotId bot = lease.job().bot();
    UploadPage page;
    do {
      page = lease.insist(() -> attachments.uploads(bot, conversation));
      for (Upload upload : page.uploads()) {
        lease.keepAlive();
        lease.requireTimeToDelete();
        try {
          lease.insist(() -> attachments.abort(upload));
        } catch (AttachmentRefusedException e) {
          return Optional.of(e);
        }
      }
    } while (!page.isLast());
    return Optional.empty();
  }

  /** What is kept of the pages. */
  private static final class Gathered {

    private final Plan before;
    private final List<Attachment> versions = new ArrayList<>();
    private final List<Attachment> markers = new ArrayList<>();
    private int ofPlan;
    private boolean isCut;

    Gathered(Plan before) {
      this.before = before;
    }

    void add(AttachmentPage page) {
      for (Attachment one : page.versions()) {
        boolean isOfPlan = !before.planned().isEmpty() && before.planned().has(one.identity());
        ofPlan += isOfPlan ? 1 : 0;
        if (isOfPlan || versions.size() < Chunk.MAX_PLANNED) {
          versions.add(one);
        } else {
          isCut = true;
        }
      }
      for (Attachment one : page.markers()) {
        if (markers.size() < Chunk.MAX_PLANNED) {
          markers.add(one);
        }
      }
    }

    /**
     * Whole pages make full requests. New versions of a key come before older ones, so what is left
     * of the plan may stand anywhere up to the last version of the plan's last key.
     */
    boolean goesOnAfter(AttachmentPosition position) {
      boolean isInPlan =
          before
              .through()
              .filter(last -> KeyOrder.INSTANCE.compare(position.key(), last) <= 0)
              .isPresent();
      return versions.size() + Attachments.MAX_BATCH <= Chunk.MAX_PLANNED
          || isInPlan && ofPlan < before.planned().size();
    }

    Listed listed(boolean isEnd) {
      return new Listed(versions, markers, isEnd && !isCut, Optional.empty());
    }
  }
}
