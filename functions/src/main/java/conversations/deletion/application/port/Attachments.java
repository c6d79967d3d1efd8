package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;
import java.util.Map;

/**
 * The attachments of conversations: objects in S3 under a prefix of the conversation's own, in
 * every version. S3 lists consistently, so what a list does not show is not there.
 *
 * <p>Safe for use by several threads.
 */
public interface Attachments extends AttachmentLists {

  /** Those of a stack that names no bucket: there are none. */
  Attachments NONE = new NoAttachments();

  /** The most attachments that one {@link #delete} takes (DeleteObjects' limit). */
  int MAX_BATCH = 1_000;

  /**
   * Sends one request that deletes these versions. It sends no second one: the caller decides
   * whether to send again.
   *
   * @param attachments 1 to {@value #MAX_BATCH}, no two the same, of one or more bots
   * @throws RuntimeException if the request is refused as a whole, for a reason that does not pass
   *     by itself
   */
  DeletedAttachments delete(List<Attachment> attachments);

  /** Lists the conversation's unfinished uploads, up to a thousand of them. */
  UploadPage uploads(BotId bot, ConversationId conversation);

  /**
   * Sends one request that aborts an unfinished upload. One that is no more is no failure.
   *
   * @throws AttachmentRefusedException if S3 refuses that
   * @throws RuntimeException if it is not known to be aborted
   */
  void abort(Upload upload);

  /** An unfinished upload. */
  record Upload(BotId bot, String key, String id) {}

  /**
   * Unfinished uploads.
   *
   * @param isLast whether there are no more than these
   */
  record UploadPage(List<Upload> uploads, boolean isLast) {}

  /**
   * What came of a request that deletes attachments. Those in no part are deleted.
   *
   * @param unprocessed those that are not known to be deleted, for a reason that passes by itself;
   *     some of them may be
   * @param refused those that S3 refused to delete, each with S3's code for that
   * @param unsent those that were not in the request, which says nothing of how many S3 takes
   */
  record DeletedAttachments(
      List<Attachment> unprocessed, Map<Attachment, String> refused, List<Attachment> unsent) {

    /** The same of a request with all attachments. */
    public DeletedAttachments(List<Attachment> unprocessed, Map<Attachment, String> refused) {
      this(unprocessed, refused, List.of());
    }

    /** An outage, or an answer that got lost: nothing is known to be deleted. */
    public static DeletedAttachments ofNone(List<Attachment> attachments) {
      return new DeletedAttachments(attachments, Map.of());
    }
  }
}
