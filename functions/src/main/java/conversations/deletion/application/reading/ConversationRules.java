package conversations.deletion.application.reading;

import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What may be deleted of what was read. The engine and previews go by the same rules, so a preview
 * counts what a job would delete.
 *
 * @param user whose conversations are asked for; absent if they are listed
 * @param idle a conversation whose last record is younger than this is still open
 * @param attachments where the attachments are
 */
public record ConversationRules(
    Optional<ChannelUserConversations> user, Duration idle, AttachmentLists attachments) {

  /** The rules for a request with this target. */
  public static ConversationRules of(
      DeletionTarget target, Duration idle, AttachmentLists attachments) {
    return new ConversationRules(target.ofChannelUser(), idle, attachments);
  }

  /**
   * What the session header says, if that is enough: the conversation is not what was asked for, or
   * nobody knows whether it is.
   *
   * @param activity of all or a part of the conversation's records
   */
  public Optional<Verdict> byHeader(Activity activity) {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (activity.isOfSeveral()) {
      return Optional.of(new Verdict.Fails(Reason.USER_AMBIGUOUS));
    }
    return activity.header().flatMap(header -> byHeader(user.get(), header));
  }

  private static Optional<Verdict> byHeader(ChannelUserConversations asked, SessionHeader header) {
    boolean mayBeTheirs = header.channelUser().map(asked.channelUser()::equals).orElse(true);
    Optional<Instant> start = header.startedAt();
    if (!mayBeTheirs || start.filter(it -> !asked.range().contains(it)).isPresent()) {
      boolean beganBefore = mayBeTheirs && start.filter(asked.range()::beginsAfter).isPresent();
      return Optional.of(new Verdict.NotAsked(beganBefore));
    }
    return start.isPresent()
        ? Optional.empty()
        : Optional.of(new Verdict.Fails(Reason.START_UNREADABLE));
  }

  /**
   * What is to be done with a conversation of which all was read.
   *
   * @param activity of all its records
   * @param readAt when the reading began
   * @param isEmpty whether nothing of it was found
   */
  public Verdict whole(
      ConversationId conversation, Activity activity, Instant readAt, boolean isEmpty) {
    Optional<Verdict> byHeader = byHeader(activity);
    if (byHeader.isPresent()) {
      return byHeader.get();
    }
    if (!attachments.canBeOf(conversation)) {
      return new Verdict.Fails(Reason.ID_UNUSABLE);
    }
    Optional<Instant> openUntil = openUntil(activity, readAt, idle);
    if (openUntil.isPresent()) {
      return new Verdict.Open(openUntil.get());
    }
    return isEmpty ? new Verdict.Absent() : new Verdict.Deletable();
  }

  /** When a conversation will have been idle long enough; absent if it has been already. */
  public static Optional<Instant> openUntil(Activity activity, Instant readAt, Duration idle) {
    return activity
        .last()
        .map(last -> last.plus(idle))
        .filter(_ -> idle.isPositive())
        .filter(readAt::isBefore);
  }
}
