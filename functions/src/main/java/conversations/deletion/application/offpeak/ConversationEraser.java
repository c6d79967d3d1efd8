package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.domain.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes the conversations of a chunk, step by step: read, plan, delete, look again, commit.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No record, and no attachment, is deleted before a plan that holds it is stored.
 *   <li>No record is planned before all attachments that were listed are known to be deleted.
 *   <li>A session header is deleted in a request of its own, after a consistent look that found
 *       nothing but the header.
 *   <li>A conversation is called deleted after a consistent look that found nothing, neither
 *       records nor attachments.
 *   <li>What is planned counts once it is known to be gone, and only once, because one write takes
 *       it out of the plan and counts it.
 *   <li>Only what a conversation itself refuses makes it fail. It waits for anything else.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class ConversationEraser {

  /**
   * How often a conversation is looked at again if a writer keeps adding records; then it fails.
   */
  private static final int MAX_LOOKS = 10;

  private final ConversationReader reader;
  private final PlannedDeletes deletes;
  private final InHand inHand;

  public ConversationEraser(ConversationReader reader, PlannedDeletes deletes, InHand inHand) {
    this.reader = reader;
    this.deletes = deletes;
    this.inHand = inHand;
  }

  /**
   * Deletes what is pending in a stored chunk, but leaves aside what takes long.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException if time ran out; what
   *     was done is in the stored chunk, or is found gone by the next worker
   */
  void eraseShort(JobProgress progress, int number) {
    erase(progress, number, Reading::gather);
  }

  /**
   * Deletes what is pending in a stored chunk. It may wait for other jobs, and read for a whole run
   * and longer.
   *
   * @throws conversations.deletion.application.concurrent.OutOfTimeException as above
   */
  void eraseLong(JobProgress progress, int number) {
    erase(progress, number, Reading::next);
  }

  private void erase(JobProgress progress, int number, Function<Reading, Step> next) {
    OpenChunk chunk = OpenChunk.ofStored(progress, number);
    try (Hand hand = inHand.open(progress.lease().job())) {
      eraseRest(chunk, hand, Reading.of(chunk, hand, reader, Consistency.EVENTUAL), next);
    }
  }

  private void eraseRest(
      OpenChunk chunk, Hand hand, Reading reading, Function<Reading, Step> next) {
    for (Step step = next.apply(reading); !step.isEmpty(); step = next.apply(reading)) {
      chunk.store(step);
      carryOut(chunk, step, hand, reading);
      chunk.progress().tellNews();
    }
    chunk.update(reading.later());
    chunk.commitChanges();
  }

  /**
   * Deletes what a stored step planned, and then what else is pending in the chunk, but leaves
   * aside what takes long.
   */
  void eraseShort(OpenChunk chunk, Step first, Hand hand, Consistency firstLook) {
    Reading reading = Reading.of(chunk, hand, reader, firstLook);
    reading.leaveOut(first);
    carryOut(chunk, first, hand, reading);
    eraseRest(chunk, hand, reading, Reading::gather);
  }

  private void carryOut(OpenChunk chunk, Step step, Hand hand, Reading reading) {
    List<Work> works = step.works();
    if (works.isEmpty()) {
      return;
    }
    List<Work> looking = new ArrayList<>();
    for (Work work : deletes.delete(chunk, works, hand)) {
      if (work.rest().isPresent()) {
        work.commit();
        reading.goOnWith(work.rest().get());
      } else {
        looking.add(work);
      }
    }
    for (int looks = 1; !looking.isEmpty(); looks++) {
      looking = lookAndDelete(chunk, looking, hand, looks >= MAX_LOOKS);
    }
    settle(chunk, works, hand, reading);
  }

  /**
   * Stores how a step came out. If all of it is to go on, that is stored with the next plan: until
   * then, a worker that takes over finds the records gone.
   */
  private void settle(OpenChunk chunk, List<Work> works, Hand hand, Reading reading) {
    chunk.update(works.stream().map(Work::conversation).toList());
    if (works.stream().anyMatch(work -> !work.isWithdrawn() && !reading.isGoingOn(work.id()))) {
      chunk.commit();
    }
    for (Work work : works) {
      if (work.isWithdrawn()) {
        reading.readAgain(work.conversation());
      }
      if (!reading.isGoingOn(work.id())) {
        if (work.conversation().isBegun()) {
          hand.deleted(work.id());
        }
        hand.letGo(work.id());
      }
    }
    if (works.stream().allMatch(Work::isWaiting)) {
      throw chunk.progress().remaining().trouble().orElseThrow();
    }
  }

  /** Looks once at each conversation, deletes what is found, and returns those to look at again. */
  private List<Work> lookAndDelete(
      OpenChunk chunk, List<Work> works, Hand hand, boolean isLastLook) {
    HeldLease lease = chunk.lease();
    lease.keepAlive();
    List<Readout> looks =
        Parallel.map(works, reader.atOnce(), work -> reader.look(lease, work.conversation()));
    List<Work> unfinished = new ArrayList<>();
    boolean planGrows = false;
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      Readout found = looks.get(i);
      Optional<RuntimeException> refusal = found.attachments().flatMap(Listed::refusal);
      if (found.isClean()) {
        work.finish(found.activity().retained());
      } else if (refusal.isPresent()) {
        work.see(found);
        deletes.refuseAtLook(chunk, work, refusal.get());
      } else if (isLastLook && !found.isEmpty()) {
        work.see(found);
        work.fail(Reason.RECORDS_KEEP_COMING);
      } else {
        boolean grows = work.planWhatRemains(found);
        if (grows && !work.isBegun()) {
          // Somebody has just written to a conversation that was to be begun with its header.
          work.withdraw();
        } else {
          planGrows |= grows;
          unfinished.add(work);
        }
      }
    }
    if (planGrows) {
      chunk.update(unfinished.stream().map(Work::conversation).toList());
      chunk.storePlan();
    }
    return deletes.delete(chunk, unfinished, hand);
  }
}
