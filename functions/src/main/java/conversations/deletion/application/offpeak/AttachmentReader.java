package conversations.deletion.application.offpeak;

import conversations.deletion.application.pool.ConversationHeldException;
import conversations.deletion.application.pool.DeleteRight;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.application.port.Attachments.UploadPage;
import conversations.deletion.application.reading.AttachmentPages;
import conversations.deletion.application.reading.ConversationRules;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The rules for a job with this target. */
  ConversationRules rules(DeletionTarget target, Duration idle) {
    return ConversationRules.of(target, idle, attachments);
  }

  /**
   * The conversation as far as can be told. Where the stack names no bucket any more, nobody knows
   * what became of planned attachments: they are not deleted, and do not count.
   */
  JobConversation withoutUnseen(JobConversation conversation) {
    return attachments.mayExist() || conversation.attachments().planned().isEmpty()
        ? conversation
        : conversation.unplanned(Store.ATTACHMENTS);
  }

  /**
   * Lists as many attachments as a plan holds, from the first on. All that is left of an earlier
   * plan is among them.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException if time ran out
   *     between two pages
   */
  Listed list(HeldLease lease, JobConversation conversation) {
    if (!attachments.canBeOf(conversation.conversation())) {
      return Listed.NOTHING;
    }
    Gathered gathered = new Gathered(conversation.plan(Store.ATTACHMENTS));
    AttachmentPages pages =
        new AttachmentPages(attachments, lease, conversation.conversation(), Optional.empty());
    do {
      gathered.add(pages.list());
    } while (pages.next().isPresent() && gathered.goesOnAfter(pages.next().get()));
    return gathered.listed(pages.next().isEmpty());
  }

  /**
   * Looks whether anything is left. Unfinished uploads are aborted before that: one that is
   * finished meanwhile is an attachment, and is listed.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException as above
   */
  Listed look(HeldLease lease, JobConversation conversation) {
    if (!attachments.canBeOf(conversation.conversation())) {
      return Listed.NOTHING;
    }
    Optional<RuntimeException> refusal = abortUploads(lease, conversation.conversation());
    Listed listed = list(lease, conversation);
    return refusal.map(listed::refused).orElse(listed);
  }

  private Optional<RuntimeException> abortUploads(HeldLease lease, ConversationId conversation) {
    BotId bot = lease.job().bot();
    Optional<RuntimeException> refusal = Optional.empty();
    UploadPage page;
    do {
      page = lease.insist(() -> attachments.uploads(bot, conversation));
      for (Upload upload : page.uploads()) {
        lease.requireTimeToRead();
        try {
          lease.insist(() -> abort(upload, lease.right(), conversation));
        } catch (AttachmentRefusedException | ConversationHeldException e) {
          refusal = Optional.of(e);
        }
      }
      // What was refused would be on the next page again.
    } while (!page.isLast() && refusal.isEmpty());
    return refusal;
  }

  /** To abort an upload is to delete: a hold keeps it too. */
  private void abort(Upload upload, DeleteRight right, ConversationId conversation) {
    right.keepAlive();
    right.requireTimeToDelete();
    if (!right.mayDelete(conversation)) {
      throw new ConversationHeldException();
    }
    attachments.abort(upload);
  }

  /**
   * What is kept of the pages. A page may show again what one before it has shown: if the version
   * without an id after which it begins was replaced meanwhile, it begins at the new one.
   */
  private static final class Gathered {

    private final Plan before;
    private final Map<Place, Attachment> versions = new LinkedHashMap<>();
    private final Map<Place, Attachment> markers = new LinkedHashMap<>();
    private int ofPlan;
    private boolean isCut;

    /** What a delete names. A request names nothing twice. */
    private record Place(String key, String version) {

      static Place of(Attachment one) {
        return new Place(one.key(), one.version());
      }
    }

    Gathered(Plan before) {
      this.before = before;
    }

    void add(AttachmentPage page) {
      for (Attachment one : page.versions()) {
        boolean isOfPlan = !before.planned().isEmpty() && before.planned().has(one.identity());
        if (isOfPlan || hasRoom(versions, one)) {
          boolean isShownAgain = one.equals(versions.put(Place.of(one), one));
          ofPlan += isOfPlan && !isShownAgain ? 1 : 0;
        } else {
          isCut = true;
        }
      }
      for (Attachment one : page.markers()) {
        if (hasRoom(markers, one)) {
          markers.put(Place.of(one), one);
        }
      }
    }

    private static boolean hasRoom(Map<Place, Attachment> kept, Attachment one) {
      return kept.size() < Chunk.MAX_PLANNED || kept.containsKey(Place.of(one));
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
      return new Listed(
          List.copyOf(versions.values()),
          List.copyOf(markers.values()),
          isEnd && !isCut,
          Optional.empty());
    }
  }
}
