package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads conversations and packs them into steps. Used by one thread at a time.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What is planned was read seconds before.
 *   <li>If the job is to be cancelled, only conversations that were begun are read.
 *   <li>What takes long comes last: conversations that take more than one reading, and those that
 *       are in another hand.
 * </ul>
 */
final class Reading {

  private final Decisions decisions;
  private final HeldLease lease;
  private final Hand hand;
  private final ConversationReader reader;
  private final Deque<JobConversation> unread;
  private final Consistency firstLook;
  private final Deque<Readout> goingOn = new ArrayDeque<>();
  private final Deque<JobConversation> later = new ArrayDeque<>();

  private Reading(
      JobProgress progress,
      Optional<OpenChunk> chunk,
      Hand hand,
      ConversationReader reader,
      Deque<JobConversation> unread,
      Consistency firstLook) {
    this.decisions = new Decisions(progress, chunk, hand, reader);
    this.lease = progress.lease();
    this.hand = hand;
    this.reader = reader;
    this.unread = unread;
    this.firstLook = firstLook;
  }

  /**
   * Reads conversations that are in no chunk yet.
   *
   * @param unread the conversations to read; it loses those that were read
   * @param firstLook which writes the first look at a conversation sees
   */
  static Reading ofNew(
      JobProgress progress,
      Hand hand,
      ConversationReader reader,
      Deque<JobConversation> unread,
      Consistency firstLook) {
    return new Reading(progress, Optional.empty(), hand, reader, unread, firstLook);
  }

  /** Reads what is pending in a chunk. */
  static Reading of(OpenChunk chunk, Hand hand, ConversationReader reader, Consistency firstLook) {
    Deque<JobConversation> pending = new ArrayDeque<>(chunk.pending());
    return new Reading(chunk.progress(), Optional.of(chunk), hand, reader, pending, firstLook);
  }

  /** Leaves out what another step does already, or has decided for now. */
  void leaveOut(Step step) {
    Set<ConversationId> ids = step.works().stream().map(Work::id).collect(toSet());
    step.decided().forEach(one -> ids.add(one.conversation()));
    unread.removeIf(one -> ids.contains(one.conversation()));
  }

  /** Plans the rest of a conversation in a later step. */
  void goOnWith(Readout rest) {
    goingOn.add(rest);
  }

  /** Tells whether more of a conversation is to be planned. */
  boolean isGoingOn(ConversationId id) {
    return goingOn.stream().anyMatch(one -> one.id().equals(id));
  }

  /** Reads a conversation again, because nothing of it was sent in time. */
  void readAgain(JobConversation conversation) {
    unread.addFirst(conversation);
  }

  /** The conversations that take long, which {@link #gather} leaves aside. */
  List<JobConversation> later() {
    return List.copyOf(later);
  }

  /** The next step; an empty one if nothing is left to do. It may take long. */
  Step next() {
    while (true) {
      Step step = gather();
      if (!step.isEmpty() || isDone()) {
        return step;
      }
      readOneOfLater(step);
      if (!step.isEmpty()) {
        return step;
      }
    }
  }

  private boolean isDone() {
    return unread.isEmpty() && later.isEmpty() && goingOn.isEmpty();
  }

  /** A step of the conversations that take no longer than a few pages to read. */
  Step gather() {
    if (lease.isCancelRequested()) {
      unread.removeIf(one -> !one.isBegun());
      later.removeIf(one -> !one.isBegun());
    }
    Step step = new Step();
    while (!goingOn.isEmpty() && step.hasRoom()) {
      decisions.planMore(reader.readOn(lease, goingOn.remove()), step);
    }
    for (List<JobConversation> group = take(step); !group.isEmpty(); group = take(step)) {
      read(group, step);
      if (step.works().stream().anyMatch(reader::isGettingOld)) {
        step.close();
      }
    }
    return step;
  }

  /**
   * Takes conversations in hand that the step has room for. If there is nothing else to do, it
   * waits until there is room for one.
   */
  private List<JobConversation> take(Step step) {
    List<JobConversation> group = new ArrayList<>();
    while (!unread.isEmpty()
        && group.size() < reader.atOnce()
        && step.hasRoomBeside(later.size(), group.size(), hand.expectedKeys())) {
      Optional<JobConversation> free = decisions.beforeReading(unread.remove(), step);
      if (free.isEmpty()) {
        continue;
      }
      JobConversation next = free.get();
      if (next.conversation().isUnreadable()) {
        step.decide(next.failed(Reason.KEY_UNREADABLE));
        continue;
      }
      if (next.scan().isPresent()) {
        later.add(next);
        continue;
      }
      switch (hand.take(next.conversation())) {
        case TAKEN -> group.add(next);
        case IN_ANOTHER_HAND -> later.add(next);
        case NO_ROOM -> {
          unread.addFirst(next);
          if (!group.isEmpty() || !step.isEmpty() || !hand.isEmpty()) {
            return group;
          }
          if (hand.awaitOneOf(List.of(next), lease).isEmpty()) {
            return group;
          }
        }
      }
    }
    return group;
  }

  private void read(List<JobConversation> group, Step step) {
    lease.keepAlive();
    lease.requireTimeToDelete();
    List<JobConversation> unfit = new ArrayList<>();
    List<Readout> read =
        reader.readAll(lease, group, hand, firstLook).stream()
            .map(decisions.holds()::named)
            .toList();
    decisions.holds().lookUp(read);
    for (Readout one : read) {
      boolean fits = step.fits(one.planCount());
      if (!fits) {
        step.close();
      }
      if (!fits || reader.isOutdated(one)) {
        hand.letGo(one.id());
        unfit.add(one.conversation());
      } else {
        use(one, step);
      }
    }
    unfit.reversed().forEach(unread::addFirst);
  }

  private void use(Readout readout, Step step) {
    switch (decisions.decide(readout, step)) {
      case NOTHING -> {}
      case READ_LATER -> later.add(readout.conversation());
      case READ_AGAIN -> unread.addFirst(readout.conversation().unplanned());
    }
  }

  /** Reads one of the conversations that take long, once it is in no other hand. */
  private void readOneOfLater(Step step) {
    Optional<JobConversation> taken = hand.awaitOneOf(later, lease);
    if (taken.isEmpty()) {
      return;
    }
    later.remove(taken.get());
    Optional<JobConversation> free = decisions.beforeReading(taken.get(), step);
    if (free.isEmpty()) {
      return;
    }
    JobConversation one = free.get();
    if (one.scan().isPresent()) {
      scan(one, step);
    } else if (one.isBegun()) {
      unread.addFirst(one);
    } else {
      use(decisions.holds().named(reader.readAlone(lease, one, hand, Consistency.STRONG)), step);
    }
  }

  /** Scans a conversation for a while, and plans it once all of it was scanned. */
  private void scan(JobConversation conversation, Step step) {
    hand.keep(conversation.conversation(), 0);
    Readout scanned =
        decisions
            .holds()
            .named(reader.records().scan(lease, conversation, firstLook, RecordReader.SLICE));
    decisions.noteUndated(scanned);
    if (decisions.decidesByHeader(scanned, step)) {
      return;
    }
    if (scanned.next().isPresent()) {
      scanLater(scanned.conversation(), step);
      return;
    }
    // A list may take long, and what is read of the records has to be fresh.
    Listed attachments = reader.listAttachments(lease, scanned.conversation());
    Readout first = reader.records().readFirstPlan(lease, scanned.conversation(), firstLook);
    // What lies behind the scan is read last, as it is the part that changes.
    Readout tail =
        decisions
            .holds()
            .named(
                reader
                    .records()
                    .scan(lease, scanned.conversation(), Consistency.STRONG, Duration.ZERO));
    decisions.noteUndated(tail);
    if (decisions.decidesByHeader(tail, step)) {
      return;
    }
    if (tail.next().isPresent()) {
      scanLater(tail.conversation(), step);
    } else {
      Readout whole = first.afterScan(tail).with(attachments);
      hand.read(whole.id(), whole.keys());
      decisions.decideWhole(whole, step);
    }
  }

  private void scanLater(JobConversation conversation, Step step) {
    later.addFirst(conversation);
    decisions.decided(conversation, step);
  }
}
