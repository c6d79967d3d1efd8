package conversations.deletion.application.offpeak;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.reading.ConversationRules;
import conversations.deletion.application.reading.Verdict;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what is done with a conversation that was read. Used by one thread at a time.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A conversation is begun only after all of it was read, and it was found not to be open.
 *   <li>A conversation that was begun is finished, even if the job is to be cancelled. No other is
 *       begun then.
 *   <li>Nothing is planned of a conversation that a hold keeps.
 *   <li>Once a chunk is full, the plans in it grow no more. So its item stays below DynamoDB's 400
 *       KB.
 * </ul>
 */
final class Decisions {

  private final JobProgress progress;
  private final HeldLease lease;
  private final Optional<OpenChunk> chunk;
  private final Hand hand;
  private final ConversationRules rules;
  private final HoldChecks holds;

  /**
   * @param chunk that the conversations are in; absent if they are in none yet
   */
  Decisions(JobProgress progress, Optional<OpenChunk> chunk, Hand hand, ConversationReader reader) {
    this.progress = progress;
    this.lease = progress.lease();
    this.chunk = chunk;
    this.hand = hand;
    this.rules = reader.rules(lease.job().target());
    this.holds = new HoldChecks(lease, rules);
  }

  /** What holds keep of what is read here. */
  HoldChecks holds() {
    return holds;
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
    Optional<Verdict> verdict = rules.byHeader(readout.activity());
    verdict.ifPresent(one -> follow(one, readout, step));
    return verdict.isPresent();
  }

  /** Decides about a conversation of which nothing was planned, and all was read. */
  void decideWhole(Readout readout, Step step) {
    if (isNoMore(readout)) {
      drop(readout, step);
    } else {
      follow(
          rules.whole(
              readout.id(), readout.activity(), readout.readAt().begun(), readout.isEmpty()),
          readout,
          step);
    }
  }

  private void follow(Verdict verdict, Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    switch (verdict) {
      case Verdict.NotAsked(boolean beganBefore) -> {
        if (beganBefore) {
          step.noteBeforeStart();
        }
        drop(readout, step);
      }
      case Verdict.Fails(Reason reason) -> decided(conversation.failed(reason), step);
      case Verdict.Open(Instant until) -> {
        progress.remaining().noteIdleAt(until);
        decided(conversation.stillOpen(), step);
      }
      case Verdict.Absent _ -> {
        boolean isOfAnotherJob = hand.isAfterAnotherJob(readout.id());
        decided(isOfAnotherJob ? conversation.deletedByAnotherJob() : conversation.gone(), step);
      }
      case Verdict.Deletable _ -> planMore(readout, step);
    }
  }

  /**
   * Decides about a conversation before it is read, if a hold is known to keep it. Others are
   * looked up once they are read.
   *
   * @return it as it is now, to be read; empty if it is kept
   */
  Optional<JobConversation> beforeReading(JobConversation conversation, Step step) {
    Optional<Kept> kept = holds.before(conversation);
    if (kept.isPresent()) {
      keep(conversation, kept.get(), step);
      return Optional.empty();
    }
    return Optional.of(conversation.isHeld() ? conversation.freed() : conversation);
  }

  /** Leaves a conversation as it is, because a hold keeps it. */
  private void keep(JobConversation conversation, Kept kept, Step step) {
    progress.remaining().noteKept(kept);
    decided(conversation.held(kept.reason()), step);
  }

  /** Plans what was read of a conversation, as far as no hold keeps it and the chunk has room. */
  void planMore(Readout readout, Step step) {
    JobConversation conversation = readout.conversation();
    Optional<Kept> kept = holds.atPlanning(conversation);
    if (kept.isPresent()) {
      keep(Work.seen(conversation, readout), kept.get(), step);
      return;
    }
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

  /** Drops a conversation that is not the job's. One that a preview lists is not there any more. */
  private void drop(Readout readout, Step step) {
    if (isFound()) {
      step.dropped().add(readout.id());
      hand.letGo(readout.id());
    } else {
      decided(readout.conversation().gone(), step);
    }
  }

  /** Tells whether the job's conversations are those that the index names. */
  private boolean isFound() {
    return lease.job().target() instanceof ChannelUserConversations;
  }

  /**
   * Tells whether the index named a conversation that is gone, as it lags behind the table. What
   * was uploaded to it since does not bring it back: this job may have deleted and counted it. One
   * that waited in a chunk for another job of this run was there.
   */
  private boolean isNoMore(Readout readout) {
    return isFound() && readout.hasNoRecord() && !hasWaitedForAnotherJob(readout);
  }

  private boolean hasWaitedForAnotherJob(Readout readout) {
    return chunk.isPresent() && hand.isAfterAnotherJob(readout.id());
  }
}
