package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists the attachments of conversations, and can do nothing else. S3 lists consistently, so what a
 * list does not show is not there.
 *
 * <p>Safe for use by several threads.
 */
public interface AttachmentLists {

  /** Tells whether there may be any at all: whether there is a bucket. */
  default boolean mayExist() {
    return true;
  }

  /**
   * Tells whether a conversation can have attachments. One whose id has characters that the API
   * would refuse can't: its prefix could reach into another conversation's. Where there is no
   * bucket, any id will do.
   */
  boolean canBeOf(ConversationId conversation);

  /**
   * Lists a page of what lies under a conversation's prefix, in the order of the keys, the newest
   * version of a key first. An empty page may have a next one.
   *
   * @param after the position after which the page begins; absent: the first page
   */
  AttachmentPage list(BotId bot, ConversationId conversation, Optional<AttachmentPosition> after);

  /**
   * One version of an object, or a delete marker.
   *
   * @param key the object's whole key
   * @param version S3's id of the version; {@code null}, the text, if it was written without
   *     versioning
   * @param moment when it was written, as S3 says; it tells versions {@code null} apart, which a
   *     new one replaces
   * @param bytes its size; 0 for a delete marker
   */
  record Attachment(
      BotId bot,
      ConversationId conversation,
      String key,
      String version,
      Instant moment,
      long bytes) {

    private static final String NO_VERSION = "null";

    /** A text that no other version of any object has. */
    public String identity() {
      // A version has no line feed, so no two identities are the same by accident of a key.
      return version + (version.equals(NO_VERSION) ? "@" + moment.toEpochMilli() : "") + '\n' + key;
    }
  }

  /** A place between two versions, in the order of {@link #list}. */
  record AttachmentPosition(String key, Optional<String> version) {}

  /**
   * A page.
   *
   * @param versions the attachments
   * @param markers delete markers, which are no attachments but go with them
   * @param next the position after which the next page begins; absent on the last page
   */
  record AttachmentPage(
      List<Attachment> versions, List<Attachment> markers, Optional<AttachmentPosition> next) {}
}
