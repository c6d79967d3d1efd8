package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a channel user's conversations by the index. As many as one plan holds make a chunk, which
 * is stored here, one after another, before lanes delete what it plans.
 */
public final class Discovery {

  private final ConversationRecords records;
  private final ConversationReader reader;
  private final ConversationEraser eraser;
  private final InHand inHand;
  private final EngineSettings settings;
  private final Clocks clocks;

  public Discovery(
      ConversationRecords records,
      ConversationReader reader,
      ConversationEraser eraser,
      InHand inHand,
      EngineSettings settings,
      Clocks clocks) {
    this.records = records;
    this.reader = reader;
    this.eraser = eraser;
    this.inHand = inHand;
    this.settings = settings;
    this.clocks = clocks;
  }

  /**
   * Asks the index for the channel user's conversations and deletes them, pass after pass.
   *
   * <p>Invariant: the job is done only after a whole pass that found nothing new. That pass is not
   * its first, and it began after the index had had time to settle.
   *
   * <p>That pass also counts what lies before a start that nobody named.
   *
   * @return when the index will have settled, if the job has to wait for that
   */
  Optional<Instant> eraseAll(JobProgress progress, Lanes lanes, ChannelUserConversations user) {
    HeldLease lease = progress.lease();
    Instant settledAt = user.range().to().plus(settings.indexSettle());
    Consistency firstLook = lease.lease().isFirst() ? Consistency.EVENTUAL : Consistency.STRONG;
    pass(progress, lanes, user, progress.position(), firstLook);
    while (true) {
      boolean isSettled = !clocks.now().isBefore(settledAt);
      Pass last = pass(progress, lanes, user, Optional.empty(), Consistency.STRONG);
      boolean foundNothing = !last.foundAny;
      if (lease.isCancelRequested()) {
        return Optional.empty();
      }
      if (foundNothing && isSettled) {
        if (user.hasDefaultStart()) {
          lease.note(state -> state.withBeforeStart(last.beforeStart));
        }
        return Optional.empty();
      }
      if (foundNothing && !hasWaitedUntil(settledAt, lease)) {
        return Optional.of(settledAt);
      }
    }
  }

  private boolean hasWaitedUntil(Instant moment, HeldLease lease) {
    Duration wait = Duration.between(clocks.now(), moment);
    if (wait.compareTo(settings.patience()) > 0 || !lease.hasTimeFor(wait)) {
      return false;
    }
    if (wait.isPositive()) {
      clocks.pauseOrStop(wait);
    }
    return true;
  }

  /**
   * Reads the index once, from one end to the other or from a position on, and deletes what is new.
   *
   * @param firstLook which writes the first look at a conversation sees. The index lags, so a later
   *     pass or worker meets conversations that this job has deleted. Only a consistent look shows
   *     that they are gone and must not be counted again
   * @return what it found
   */
  private Pass pass(
      JobProgress progress,
      Lanes lanes,
      ChannelUserConversations user,
      Optional<IndexPosition> from,
      Consistency firstLook) {
    Pass pass = new Pass(progress, lanes, firstLook);
    HeldLease lease = progress.lease();
    Optional<IndexPosition> after = from;
    do {
      lease.keepAlive();
      IndexPage page = page(lease, user, after);
      pass.add(progress.remaining().takeUp(page.conversations()), page.before());
      after = page.next();
      pass.erase(after.isPresent() ? Chunk.MAX_CONVERSATIONS : 1);
      if (after.isPresent()) {
        // A channel user may have more entries than can be read before the lease or the run ends.
        lease.requireTimeToDelete();
      }
    } while (after.isPresent() && !lease.isCancelRequested());
    lanes.join();
    return pass;
  }

  private IndexPage page(
      HeldLease lease, ChannelUserConversations user, Optional<IndexPosition> after) {
    return lease.insist(
        () -> records.find(lease.job().bot(), user, after, Chunk.MAX_CONVERSATIONS));
  }

  /** What one pass has found, and of that what is not yet handed to a lane. */
  private final class Pass {

    private final JobProgress progress;
    private final Lanes lanes;
    private final Consistency firstLook;
    private final Deque<JobConversation> unread = new ArrayDeque<>();
    private final Deque<IndexEntry> entries = new ArrayDeque<>();
    private Optional<IndexPosition> upTo = Optional.empty();

    /** Whether it found a conversation of the job that is in no chunk. */
    private boolean foundAny;

    /** How many conversations of the channel user began before the job's range. */
    private long beforeStart;

    Pass(JobProgress progress, Lanes lanes, Consistency firstLook) {
      this.progress = progress;
      this.lanes = lanes;
      this.firstLook = firstLook;
    }

    void add(List<IndexEntry> found, int before) {
      beforeStart += before;
      for (IndexEntry one : found) {
        entries.add(one);
        unread.add(JobConversation.pending(one.conversation()));
      }
    }

    /** Erases what was found, as long as so many conversations are unread. */
    void erase(int atLeast) {
      while (unread.size() >= atLeast) {
        progress.tellNews();
        lanes.awaitFree();
        if (progress.lease().isCancelRequested()) {
          return;
        }
        eraseNext();
      }
    }

    /**
     * Reads as many conversations as one plan holds, stores them as a chunk with that plan, and
     * hands it to a lane.
     */
    private void eraseNext() {
      Hand hand = inHand.open(progress.lease().job());
      try {
        Reading reading = Reading.ofNew(progress, hand, reader, unread, firstLook);
        Step step = reading.gather();
        progress.remaining().dropped(step.dropped());
        beforeStart += step.beforeStart();
        List<JobConversation> found = found(step, reading);
        moveOn();
        if (found.isEmpty()) {
          hand.close();
          return;
        }
        foundAny = true;
        OpenChunk chunk = OpenChunk.ofNew(progress, found, upTo);
        chunk.store(step);
        lanes.run(() -> erase(chunk, step, hand));
      } catch (RuntimeException | Error e) {
        hand.close();
        throw e;
      }
    }

    private static List<JobConversation> found(Step step, Reading reading) {
      List<JobConversation> found = new ArrayList<>(step.decided());
      step.works().forEach(work -> found.add(work.conversation()));
      found.addAll(reading.later());
      return found;
    }

    /** Finds how far all conversations of the index are in a chunk, or not the job's. */
    private void moveOn() {
      Set<ConversationId> left =
          unread.stream().map(JobConversation::conversation).collect(toSet());
      while (!entries.isEmpty() && !left.contains(entries.peek().conversation())) {
        upTo = Optional.of(entries.remove().position());
      }
    }

    private void erase(OpenChunk chunk, Step step, Hand hand) {
      try (hand) {
        eraser.eraseShort(chunk, step, hand, firstLook);
      }
    }
  }
}
