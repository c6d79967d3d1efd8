package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.RecordFingerprints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads conversations, decides what is done with each, and packs them into steps. Used by one
 * thread at a time.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Whether a conversation is still open is read before any of its records is planned, and it
 *       is planned within seconds of that.
 *   <li>A conversation that was begun is finished, even if the job is to be cancelled. No other is
 *       begun then.
 *   <li>What takes long comes last: conversations that take more than one reading, and those that
 *       are in another hand.
 * </ul>
 */
final class Reading {

  /** How far a scan has come is stored this often. */
  private static final Duration SCAN_SLICE = Duration.ofSeconds(30);

  private final JobProgress progress;
  private final HeldLease lease;
  private final Hand hand;
  private final ConversationReader reader;
  private final Deque<JobConversation> unread;
  private final Consistency firstLook;
  private final Deque<Readout> goingOn = new ArrayDeque<>();
  private final Deque<JobConversation> later = new ArrayDeque<>();
  private Optional<OpenChunk> chunk = Optional.empty();

  /**
   * @param unread the conversations to read; it loses those that were read
   * @param firstLook which writes the first look at a conversation sees
   */
  Reading(
      JobProgress progress,
      Hand hand,
      ConversationReader reader,
      Deque<JobConversation> unread,
      Consistency firstLook) {
    this.progress = progress;
    this.lease = progress.lease();
    this.hand = hand;
    this.reader = reader;
    this.unread = unread;
    this.firstLook = firstLook;
  }

  /** Reads what is pending in a chunk, and begins nothing new once the chunk is full. */
  static Reading of(OpenChunk chunk, Hand hand, ConversationReader reader, Consistency firstLook) {
    Deque<JobConversation> pending = new ArrayDeque<>(chunk.pending());
    Reading reading = new Reading(chunk.progress(), hand, reader, pending, firstLook);
    reading.chunk = Optional.of(chunk);
    return reading;
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
      plan(readOn(goingOn.remove()), step);
    }
    for (List<JobConversation> group = take(step); !group.isEmpty(); group = take(step)) {
      read(group, step);
      if (step.works().stream().anyMatch(reader::isGettingOld)) {
        step.close();
      }
    }
    return step;
  }

  private Readout readOn(Readout rest) {
    return rest.records().isEmpty()
        ? reader.readPlan(lease, rest.conversation(), rest.next(), firstLook)
        : rest;
  }

  /**
   * Takes conversations in hand that the step has room for. If there is nothing else to do, it
   * waits until there is room for one.
   */
  private List<JobConversation> take(Step step) {
    List<JobConversation> group = new ArrayList<>();
    while (!unread.isEmpty()
        && group.size() < reader.atOnce()
        && step.hasRoomFor(group.size(), hand.expectedKeys())) {
      JobConversation next = unread.remove();
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
    for (Readout one : reader.readAll(lease, group, hand, firstLook)) {
      boolean fits = step.fits(one.forPlan().size());
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
    if (readout.conversation().isBegun()) {
      takeOver(readout, step);
    } else if (readout.next().isPresent() && !contradicts(readout)) {
      hand.letGo(readout.id());
      later.add(readout.conversation());
    } else {
      decide(readout, step);
    }
  }

  /**
   * Goes on with a conversation for which an earlier worker, or an earlier attempt, stored a plan.
   * If all of the plan is still there, nothing was begun: no delete that was sent under an earlier
   * lease can still be under way. It is then read like any other, as it may be open again.
   */
  private void takeOver(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    RecordFingerprints found =
        RecordFingerprints.of(readout.records().stream().map(one -> one.recordKey()).toList());
    boolean isUntouched =
        conversation.deletedRecords() == 0
            && conversation.planned().intersect(found).size() == conversation.planned().size();
    if (isUntouched) {
      decided(conversation.unplanned(), step);
      if (!lease.isCancelRequested()) {
        unread.addFirst(conversation.unplanned());
      }
    } else if (readout.isEmpty()) {
      hand.deleted(readout.id());
      decided(conversation.gone(), step);
    } else {
      plan(readout, step);
    }
  }

  /** Decides about a conversation of which nothing was planned, and all was read. */
  private void decide(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    Optional<Instant> openUntil = reader.openUntil(readout);
    if (isForeign(readout)) {
      drop(readout, step);
    } else if (openUntil.isPresent()) {
      progress.remaining().noteIdleAt(openUntil.get());
      decided(conversation.stillOpen(), step);
    } else if (readout.isEmpty()) {
      boolean isOfAnotherJob = hand.isAfterAnotherJob(readout.id());
      decided(isOfAnotherJob ? conversation.deletedByAnotherJob() : conversation.gone(), step);
    } else if (!chunk.map(OpenChunk::isFull).orElse(false)) {
      plan(readout, step);
    } else if (progress.remaining().trouble().isEmpty()) {
      decided(conversation.failedUnseen(Reason.REFUSED), step);
    } else {
      hand.letGo(readout.id());
    }
  }

  private void drop(Readout readout, Step step) {
    step.dropped().add(readout.id());
    hand.letGo(readout.id());
  }

  private void decided(JobConversation conversation, Step step) {
    step.decide(conversation);
    hand.letGo(conversation.conversation());
  }

  private void plan(Readout readout, Step step) {
    step.add(new Work(lease.job().bot(), readout), readout.forPlan().size());
  }

  /**
   * Tells whether the index named a conversation that is not the job's. The index lags behind the
   * table, so a conversation may be gone, or not be the channel user's within the range. One that
   * waited in a chunk for another job of this run was there.
   */
  private boolean isForeign(Readout readout) {
    return switch (lease.job().target()) {
      case ListedConversations _, Forgotten _ -> false;
      case ChannelUserConversations _ ->
          readout.isEmpty() && !hasWaitedForAnotherJob(readout) || contradicts(readout);
    };
  }

  private boolean hasWaitedForAnotherJob(Readout readout) {
    return chunk.isPresent() && hand.isAfterAnotherJob(readout.id());
  }

  private boolean contradicts(Readout readout) {
    return switch (lease.job().target()) {
      case ListedConversations _, Forgotten _ -> false;
      case ChannelUserConversations user ->
          readout.activity().header().map(one -> contradicts(one, user)).orElse(false);
    };
  }

  private static boolean contradicts(SessionHeader header, ChannelUserConversations user) {
    return header.channelUser().map(one -> !one.equals(user.channelUser())).orElse(false)
        || header.startedAt().map(start -> !user.range().contains(start)).orElse(false);
  }

  /** Reads one of the conversations that take long, once it is in no other hand. */
  private void readOneOfLater(Step step) {
    Optional<JobConversation> taken = hand.awaitOneOf(later, lease);
    if (taken.isEmpty()) {
      return;
    }
    JobConversation one = taken.get();
    later.remove(one);
    if (one.scan().isPresent()) {
      scan(one, step);
    } else if (one.isBegun()) {
      unread.addFirst(one);
    } else {
      use(reader.readAlone(lease, one, hand, Consistency.STRONG), step);
    }
  }

  /** Scans a conversation for a while, and plans it once all of it was scanned. */
  private void scan(JobConversation conversation, Step step) {
    hand.keep(conversation.conversation(), 0);
    Readout scanned = reader.scan(lease, conversation, firstLook, SCAN_SLICE);
    Optional<Readout> first = Optional.empty();
    if (scanned.next().isEmpty()) {
      first = Optional.of(reader.readFirstPlan(lease, scanned.conversation(), firstLook));
      // What lies behind the scan is read last, as it is the part that changes.
      scanned = reader.scan(lease, scanned.conversation(), Consistency.STRONG, Duration.ZERO);
    }
    if (contradicts(scanned)) {
      drop(scanned, step);
    } else if (scanned.next().isPresent()) {
      later.addFirst(scanned.conversation());
      decided(scanned.conversation(), step);
    } else {
      hand.read(scanned.id(), first.orElseThrow().records().size());
      decide(first.orElseThrow().afterScan(scanned), step);
    }
  }
}
