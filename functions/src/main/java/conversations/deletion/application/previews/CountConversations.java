package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.previews.ConversationCounter.Counted;
import conversations.deletion.application.previews.FoundConversations.Group;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts and lists the conversations of a preview, chunk after chunk. Safe for use by several
 * threads.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The index is read once from one end to the other, over several runs if need be, and not
 *       before it has had time to settle after the end of the range.
 *   <li>A chunk is stored in one step with the counts that include it. Only the last chunk may have
 *       something unread, and it is read to its end before the next one is begun.
 * </ul>
 */
public final class CountConversations {

  private final ConversationReads records;
  private final PreviewLists lists;
  private final HoldLooks looks;
  private final Clocks clocks;
  private final ConversationCounter counter;
  private final PreviewSettings settings;

  public CountConversations(
      ConversationReads records,
      AttachmentLists attachments,
      PreviewLists lists,
      HoldLooks holds,
      PreviewSettings settings,
      Clocks clocks) {
    this.records = records;
    this.lists = lists;
    this.looks = holds;
    this.clocks = clocks;
    this.counter = new ConversationCounter(records, attachments, settings.idle(), clocks);
    this.settings = settings;
  }

  /** When the index will have settled; absent if conversations are listed. */
  Optional<Instant> settledAt(HeldPreview held) {
    return held.preview()
        .target()
        .ofChannelUser()
        .map(user -> user.range().to().plus(settings.indexSettle()));
  }

  /**
   * Counts what is left to count.
   *
   * @throws OutOfTimeException if time ran out before all was counted; what was counted is stored
   */
  void countAll(HeldPreview held) {
    HoldsOfRun holds = new HoldsOfRun(held, held.preview().target(), looks, clocks);
    finishLastChunk(held, holds);
    if (held.state().progress().isAllFound()) {
      return;
    }
    if (held.preview().target().ofChannelUser().isPresent()) {
      countFound(held, holds);
    } else {
      countAsked(held, holds);
    }
  }

  private void countAsked(HeldPreview held, HoldsOfRun holds) {
    List<PreviewConversation> asked =
        lists.asked(held.preview()).stream()
            .map(id -> PreviewConversation.unread(id, Optional.empty()))
            .toList();
    if (asked.isEmpty()) {
      throw new IllegalStateException("the preview's list of conversations is gone");
    }
    count(held, holds, new Group(asked, 0, Optional.empty()));
  }

  private void countFound(HeldPreview held, HoldsOfRun holds) {
    FoundConversations found = new FoundConversations(held, records, lists);
    do {
      count(held, holds, found.next());
    } while (!held.state().progress().isAllFound());
  }

  private void finishLastChunk(HeldPreview held, HoldsOfRun holds) {
    PreviewProgress progress = held.state().progress();
    if (progress.chunks() == 0) {
      return;
    }
    PreviewChunk last =
        lists
            .find(held.preview().id(), progress.chunks())
            .orElseThrow(() -> new IllegalStateException("the preview's last chunk is gone"));
    if (last.hasUnread()) {
      readToItsEnd(held, holds, last, progress.settled(), progress.position());
    }
  }

  /** Counts conversations that are in no chunk yet: they make the next one. */
  private void count(HeldPreview held, HoldsOfRun holds, Group group) {
    PreviewProgress before = held.state().progress();
    readToItsEnd(
        held,
        holds,
        new PreviewChunk(before.chunks() + 1, group.conversations()),
        before.counts().plus(PreviewCounts.ofUnlisted(0, group.beforeStart())),
        group.position());
  }

  private void readToItsEnd(
      HeldPreview held,
      HoldsOfRun holds,
      PreviewChunk chunk,
      PreviewCounts before,
      Optional<IndexPosition> position) {
    PreviewChunk current = chunk;
    PreviewCounts settled = before;
    do {
      List<PreviewConversation> listed = new ArrayList<>();
      for (Counted one : readOn(held, holds, current.conversations())) {
        switch (one) {
          case Counted.Listed(PreviewConversation conversation) -> listed.add(conversation);
          case Counted.Unlisted(PreviewCounts why) -> settled = settled.plus(why);
        }
      }
      current = new PreviewChunk(current.number(), listed);
      // A job that is made of the preview makes a chunk of each, and it makes no empty ones.
      int chunks = current.conversations().isEmpty() ? current.number() - 1 : current.number();
      PreviewProgress progress =
          new PreviewProgress(settled, current.counts(), chunks, position, position.isEmpty());
      held.save(held.state().progressed(progress), current);
      if (current.hasUnread() && !held.hasTimeFor(Duration.ZERO)) {
        throw new OutOfTimeException();
      }
    } while (current.hasUnread());
  }

  private List<Counted> readOn(
      HeldPreview held, HoldsOfRun holds, List<PreviewConversation> conversations) {
    return Parallel.map(
        conversations,
        settings.readsAtOnce(),
        one ->
            one.unread().isPresent() ? counter.count(held, holds, one) : new Counted.Listed(one));
  }
}
