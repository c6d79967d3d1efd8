package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A conversation that a preview lists.
 *
 * @param conversation its id
 * @param startedAt when it began, as far as that is known
 * @param extent what a job would delete of it now, and what would stay; what was counted so far if
 *     it is not yet read to its end
 * @param isOpen whether it was still open, so that a job would wait
 * @param reason why a job could not delete it as it is; absent if it could
 * @param hold why holds kept it when it was read; absent if none did
 * @param unread what of it is still to be read; absent if nothing is
 */
public record PreviewConversation(
    ConversationId conversation,
    Optional<Instant> startedAt,
    Extent extent,
    boolean isOpen,
    Optional<Reason> reason,
    Optional<Reason> hold,
    Optional<Unread> unread) {

  /**
   * What is still to be read of a conversation.
   *
   * @param store the store that is read next; records come first
   * @param after the key in it after which to go on; absent: at the beginning
   * @param version the version of that key, of an attachment
   * @param lastActivity when the youngest record so far was made, as far as that can be believed
   * @param user whose it is, as far as that was read
   */
  public record Unread(
      Store store,
      Optional<String> after,
      Optional<String> version,
      Optional<Instant> lastActivity,
      Optional<ChannelUserTag> user) {

    private static final Unread ALL =
        new Unread(
            Store.RECORDS, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A conversation of which nothing was read yet. */
  public static PreviewConversation unread(
      ConversationId conversation, Optional<Instant> startedAt) {
    return new PreviewConversation(
        conversation,
        startedAt,
        Extent.NONE,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(Unread.ALL));
  }

  /** More of it was read, and this is still to be. */
  public PreviewConversation counted(Extent more, Optional<Instant> start, Unread rest) {
    return new PreviewConversation(
        conversation,
        start,
        extent.plus(more),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(rest));
  }

  /** All of it was read, and a job could delete it, now or once it is idle. */
  public PreviewConversation whole(boolean stillOpen) {
    return new PreviewConversation(
        conversation,
        startedAt,
        extent,
        stillOpen,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A job could not delete it, and so nothing of it. */
  public PreviewConversation failing(Reason why) {
    return new PreviewConversation(
        conversation,
        startedAt,
        Extent.NONE,
        false,
        Optional.of(why),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, which holds keep for this reason, or none. */
  public PreviewConversation held(Optional<Reason> why) {
    return new PreviewConversation(conversation, startedAt, extent, isOpen, reason, why, unread);
  }

  /** Tells whether a hold keeps it, as somebody may see it who may or may not see holds. */
  public boolean isHeld(boolean seesHolds) {
    return hold.filter(why -> seesHolds || why != Reason.HELD_IN_CONFIDENCE).isPresent();
  }

  PreviewCounts counts() {
    return new PreviewCounts(
        1,
        isOpen ? 1 : 0,
        reason.isPresent() ? 1 : 0,
        0,
        0,
        isHeld(false) ? 1 : 0,
        isHeld(true) && !isHeld(false) ? 1 : 0,
        extent,
        startedAt.map(start -> new DateRange(start, start)));
  }
}
