package conversations.deletion.application.offpeak;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Decides what is done with a conversation that was read. Used by one thread at a time.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A conversation is begun only after all of it was read, and it was found not to be open.
 *   <li>A conversation that was begun is finished, even if the job is to be cancelled. No other is
 *       begun then.
 *   <li>Once a chunk is full, the plans in it grow no more. So its item stays below DynamoDB's 400
 *       KB.
 * </ul>
 */
final class Decisions {

  private final JobProgress progress;
  private final HeldLease lease;
  private final Optional<OpenChunk> chunk;
  private final Hand hand;
  private final ConversationReader reader;

  /** What the job is about, if that is a channel user. */
  private final Optional<ChannelUserConversations> user;

  /**
   * @param chunk that the conversations are in; absent if they are in none yet
   */
  Decisions(JobProgress progress, Optional<OpenChunk> chunk, Hand hand, ConversationReader reader) {
    this.progress = progress;
    this.lease = progress.lease();
    this.chunk = chunk;
    this.hand = hand;
    this.reader = reader;
    this.user =
        switch (lease.job().target()) {
          case ListedConversations _, Forgotten _ -> Optional.empty();
          case ChannelUserConversations it -> Optional.of(it);
        };
  }

  /** What is left to do with a conversation, beside what the step does. */
  enum Left {
    NOTHING,
    /** It takes more than one reading. */
    READ_LATER,
    /** Its plan was taken back. It is read like any other. */
    READ_AGAIN
  }

  /** Decides about a conversation that was read, and notes in the step what is done with it. */
  Left decide(Readout readout, Step step) {
    if (readout.conversation().isBegun()) {
      return takeOver(readout, step);
    }
    boolean isPart = readout.next().isPresent();
    boolean isDecided = isPart && decidesByHeader(readout, step);
    if (!isPart || isDecided || readout.conversation().scan().isPresent()) {
      noteUndated(readout);
    }
    if (!isPart) {
      decideWhole(readout, step);
    } else if (!isDecided) {
      hand.letGo(readout.id());
      return Left.READ_LATER;
    }
    return Left.NOTHING;
  }

  /**
   * Goes on with a conversation for which an earlier worker, or an earlier attempt, stored a plan.
   * If all of the plan is still there, and the earlier worker gave the job back, nothing was begun:
   * no delete of it is still under way. It is then read like any other, as it may be open again.
   */
  private Left takeOver(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    if (isUntouched(readout)) {
      decided(conversation.unplanned(), step);
      return lease.isCancelRequested() ? Left.NOTHING : Left.READ_AGAIN;
    }
    if (readout.isClean()) {
      hand.deleted(readout.id());
      decided(conversation.goneBut(readout.activity().retained()), step);
    } else {
      planMore(readout, step);
    }
    return Left.NOTHING;
  }

  private boolean isUntouched(Readout readout) {
    JobConversation conversation = readout.conversation();
    if (lease.isTakenOver() || conversation.hasDeleted()) {
      return false;
    }
    return conversation.records().isWithin(readout.fingerprints())
        && conversation
            .attachments()
            .isWithin(readout.attachments().map(Listed::fingerprints).orElse(Fingerprints.NONE));
  }

  /**
   * Decides about a conversation by its session header, if that tells enough: it is not the job's,
   * or nobody knows whether it is.
   *
   * @param readout of all or a part of the conversation
   * @return whether it was decided
   */
  boolean decidesByHeader(Readout readout, Step step) {
    if (user.isPresent() && readout.activity().isOfSeveral()) {
      decided(readout.conversation().failed(Reason.USER_AMBIGUOUS), step);
      return true;
    }
    if (contradicts(readout)) {
      drop(readout, step);
      return true;
    }
    if (hasUnknownStart(readout)) {
      decided(readout.conversation().failed(Reason.START_UNREADABLE), step);
      return true;
    }
    return false;
  }

  /** Decides about a conversation of which nothing was planned, and all was read. */
  void decideWhole(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    Optional<Instant> openUntil = reader.openUntil(readout);
    if (isNoMore(readout)) {
      drop(readout, step);
    } else if (decidesByHeader(readout, step)) {
      return;
    } else if (!reader.canTellAttachments(readout)) {
      decided(conversation.failed(Reason.ID_UNUSABLE), step);
    } else if (openUntil.isPresent()) {
      progress.remaining().noteIdleAt(openUntil.get());
      decided(conversation.stillOpen(), step);
    } else if (readout.isEmpty()) {
      boolean isOfAnotherJob = hand.isAfterAnotherJob(readout.id());
      decided(isOfAnotherJob ? conversation.deletedByAnotherJob() : conversation.gone(), step);
    } else {
      planMore(readout, step);
    }
  }

  /** Plans what was read of a conversation, as far as the chunk has room. */
  void planMore(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    boolean isFull = chunk.map(OpenChunk::isFull).orElse(false);
    if (!isFull || readout.isEmpty()) {
      plan(readout, step);
    } else if (conversation.plannedCount() > 0) {
      plan(readout.withinPlan(), step);
    } else if (progress.remaining().trouble().isEmpty()) {
      decided(conversation.failed(Reason.REFUSED), step);
    } else {
      hand.letGo(readout.id());
    }
  }

  private void plan(Readout readout, Step step) {
    step.add(new Work(lease.job().bot(), readout), readout.planCount());
  }

  /** Takes note of a conversation of which nothing is deleted in this step. */
  void decided(JobConversation conversation, Step step) {
    step.decide(conversation);
    hand.letGo(conversation.conversation());
  }

  /** Takes note of records that do not tell when they were made, and so count as old. */
  void noteUndated(Readout readout) {
    progress.noteUndated(readout.activity().undated());
  }

  /** Drops a conversation that is not the job's. */
  private void drop(Readout readout, Step step) {
    step.dropped().add(readout.id());
    if (beganBefore(readout)) {
      step.noteBeforeStart();
    }
    hand.letGo(readout.id());
  }

  /**
   * Tells whether the index named a conversation that is gone, as it lags behind the table. What
   * was uploaded to it since does not bring it back: this job may have deleted and counted it. One
   * that waited in a chunk for another job of this run was there.
   */
  private boolean isNoMore(Readout readout) {
    return user.isPresent() && readout.hasNoRecord() && !hasWaitedForAnotherJob(readout);
  }

  private boolean hasWaitedForAnotherJob(Readout readout) {
    return chunk.isPresent() && hand.isAfterAnotherJob(readout.id());
  }

  /** Tells whether a session header says that its conversation is not the job's. */
  private boolean contradicts(Readout readout) {
    return isInHeader(
        readout,
        (it, header) ->
            !mayBeOf(it, header)
                || header.startedAt().filter(start -> !it.range().contains(start)).isPresent());
  }

  private boolean beganBefore(Readout readout) {
    return isInHeader(
        readout,
        (it, header) ->
            mayBeOf(it, header) && header.startedAt().filter(it.range()::beginsAfter).isPresent());
  }

  /** Tells whether a session header does not tell if its conversation lies in the job's range. */
  private boolean hasUnknownStart(Readout readout) {
    return isInHeader(readout, (_, header) -> header.startedAt().isEmpty());
  }

  /** Tells whether something is true of a channel user's job and a conversation's header. */
  private boolean isInHeader(
      Readout readout, BiPredicate<ChannelUserConversations, SessionHeader> question) {
    return user.isPresent()
        && readout.activity().header().filter(one -> question.test(user.get(), one)).isPresent();
  }

  private static boolean mayBeOf(ChannelUserConversations user, SessionHeader header) {
    return header.channelUser().map(user.channelUser()::equals).orElse(true);
  }
}
