package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.reading.Activity;
import conversations.deletion.application.reading.AttachmentPages;
import conversations.deletion.application.reading.ConversationRules;
import conversations.deletion.application.reading.RecordPages;
import conversations.deletion.application.reading.Verdict;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.Extent;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewConversation.Unread;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counts what a conversation consists of, by strongly consistent reads, and what a job would do
 * with it, by the rules of a job. Keeps no keys. Safe for use by several threads.
 */
final class ConversationCounter {

  /** A page ends at 1 MB before it has as many records. */
  private static final int PAGE = 20_000;

  /** How far a conversation that takes long was read is stored this often. */
  private static final Duration SLICE = Duration.ofSeconds(30);

  private final ConversationReads records;
  private final AttachmentLists attachments;
  private final Duration idle;
  private final Clocks clocks;

  ConversationCounter(
      ConversationReads records, AttachmentLists attachments, Duration idle, Clocks clocks) {
    this.records = records;
    this.attachments = attachments;
    this.idle = idle;
    this.clocks = clocks;
  }

  /** What came of counting a conversation. */
  sealed interface Counted {

    /** It is listed. It may have something unread. */
    record Listed(PreviewConversation conversation) implements Counted {}

    /**
     * It is not listed.
     *
     * @param why what it adds to the counts
     */
    record Unlisted(PreviewCounts why) implements Counted {}
  }

  /** Reads on in a conversation, to its end if there is time for that. */
  Counted count(HeldPreview right, HoldsOfRun holds, PreviewConversation conversation) {
    ConversationRules rules = ConversationRules.of(right.preview().target(), idle, attachments);
    if (conversation.conversation().isUnreadable()) {
      return new Counted.Listed(conversation.failing(Reason.KEY_UNREADABLE));
    }
    return new Counting(right, holds, rules, conversation).count();
  }

  /** One reading. */
  private final class Counting {

    private final HeldPreview right;
    private final HoldsOfRun holds;
    private final ConversationRules rules;
    private final long end = clocks.nanos() + SLICE.toNanos();
    private PreviewConversation conversation;
    private Activity activity;
    private Instant begunAt = clocks.now();

    Counting(
        HeldPreview right,
        HoldsOfRun holds,
        ConversationRules rules,
        PreviewConversation conversation) {
      this.right = right;
      this.holds = holds;
      this.rules = rules;
      this.conversation = conversation;
      this.activity = new Activity(unread().lastActivity(), Optional.empty(), false, 0, 0);
    }

    private Unread unread() {
      return conversation.unread().orElseThrow();
    }

    /** Whose it is, by what was read so far, in an earlier run or in this one. */
    private Optional<ChannelUserTag> user() {
      return activity.user(right.bot(), unread().user());
    }

    private boolean hasTime() {
      return clocks.nanos() < end && right.hasTimeFor(Duration.ZERO);
    }

    Counted count() {
      if (unread().store() == Store.RECORDS) {
        readRecords();
        Optional<Verdict> verdict = rules.byHeader(activity);
        if (verdict.isPresent()) {
          return follow(verdict.get());
        }
        if (unread().store() == Store.RECORDS) {
          return new Counted.Listed(conversation);
        }
        boolean isGone = conversation.extent().records() == 0 && rules.user().isPresent();
        if (isGone) {
          // The index named a conversation that is gone, as it lags behind the table.
          return new Counted.Unlisted(PreviewCounts.NONE);
        }
      }
      if (attachments.canBeOf(conversation.conversation()) && !isListedToItsEnd()) {
        return new Counted.Listed(conversation);
      }
      return follow(
          rules.whole(
              conversation.conversation(), activity, begunAt, conversation.extent().isEmpty()));
    }

    private void readRecords() {
      RecordPages pages =
          new RecordPages(records, clocks, right, conversation.conversation(), Consistency.STRONG);
      pages.beginAfter(unread().after(), activity);
      begunAt = pages.begunAt();
      do {
        if (!hasTime()) {
          return;
        }
        RecordPage page = pages.read(PAGE);
        right.keepAlive();
        activity = pages.activity();
        boolean isLast = page.next().isEmpty();
        conversation =
            conversation.counted(
                extent(page),
                activity.header().flatMap(SessionHeader::startedAt).or(conversation::startedAt),
                new Unread(
                    isLast ? Store.ATTACHMENTS : Store.RECORDS,
                    page.next(),
                    Optional.empty(),
                    activity.last(),
                    user()));
      } while (unread().store() == Store.RECORDS);
    }

    private static Extent extent(RecordPage page) {
      return Extent.ofRecords(
          page.records().size(),
          page.records().stream().filter(RecordHead::isSessionHeader).count(),
          page.retained(),
          page.volume());
    }

    private boolean isListedToItsEnd() {
      AttachmentPages pages =
          new AttachmentPages(
              attachments,
              right,
              conversation.conversation(),
              unread().after().map(key -> new AttachmentPosition(key, unread().version())));
      do {
        if (!hasTime()) {
          return false;
        }
        Optional<AttachmentPosition> after = pages.next();
        AttachmentPage page = pages.list();
        right.keepAlive();
        conversation =
            conversation.counted(
                extent(page, after),
                conversation.startedAt(),
                new Unread(
                    Store.ATTACHMENTS,
                    pages.next().map(AttachmentPosition::key),
                    pages.next().flatMap(AttachmentPosition::version),
                    activity.last(),
                    user()));
      } while (pages.next().isPresent());
      return true;
    }

    /**
     * A page may show again what one before it has shown: if the version without an id after which
     * it begins was replaced meanwhile, it begins at the new one.
     */
    private Extent extent(AttachmentPage page, Optional<AttachmentPosition> after) {
      if (!attachments.mayExist()) {
        return Extent.NONE;
      }
      List<Attachment> versions =
          page.versions().stream()
              .filter(one -> after.filter(at -> isAt(one, at)).isEmpty())
              .toList();
      return Extent.ofList(versions.size(), versions.stream().mapToLong(Attachment::bytes).sum());
    }

    private static boolean isAt(Attachment one, AttachmentPosition position) {
      return one.key().equals(position.key())
          && position.version().filter(one.version()::equals).isPresent();
    }

    private Counted follow(Verdict verdict) {
      return switch (verdict) {
        case Verdict.NotAsked(boolean beganBefore) ->
            new Counted.Unlisted(PreviewCounts.ofUnlisted(0, beganBefore ? 1 : 0));
        case Verdict.Absent _ -> new Counted.Unlisted(PreviewCounts.ofUnlisted(1, 0));
        case Verdict.Fails(Reason reason) -> listed(conversation.failing(reason));
        case Verdict.Open _ -> listed(conversation.whole(true));
        case Verdict.Deletable _ -> listed(conversation.whole(false));
      };
    }

    private Counted listed(PreviewConversation whole) {
      return new Counted.Listed(whole.held(holds.keeping(whole.conversation(), user())));
    }
  }
}
