package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.concurrent.Thrown;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.pool.DeleteResult;
import conversations.deletion.application.pool.FirstDeletes;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Deletes the conversations of a chunk, step by step: read, plan, delete, look again, commit.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No record is deleted before a plan that holds it is stored.
 *   <li>A session header is deleted in a request of its own, after a consistent look that found
 *       nothing but the header.
 *   <li>A conversation is called deleted after a consistent look that found nothing.
 *   <li>A planned record counts once it is known to be gone, and only once, because one write takes
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
  private final RecordDeleter deleter;
  private final InHand inHand;
  private final Outages outages;
  private final OperatorLog log;

  public ConversationEraser(
      ConversationReader reader,
      RecordDeleter deleter,
      InHand inHand,
      Outages outages,
      OperatorLog log) {
    this.reader = reader;
    this.deleter = deleter;
    this.inHand = inHand;
    this.outages = outages;
    this.log = log;
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
    for (Work work : delete(chunk, works, hand)) {
      if (work.rest().isPresent()) {
        work.commit();
        reading.goOnWith(work.rest().get());
      } else {
        looking.add(work);
      }
    }
    for (int looks = 1; !looking.isEmpty(); looks++) {
      looking = lookAndDelete(chunk, looking, hand, looks == MAX_LOOKS);
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

  private static FirstDeletes firstDeletes(List<Work> works) {
    List<Work> first = works.stream().filter(Work::isToBegin).toList();
    return new FirstDeletes(
        first.stream().map(Work::id).collect(toSet()),
        first.stream().mapToLong(Work::freshUntil).min().orElse(Long.MAX_VALUE));
  }

  /**
   * Deletes what these conversations have planned.
   *
   * @return those of which all that was sent is gone
   */
  private List<Work> delete(OpenChunk chunk, List<Work> works, Hand hand) {
    DeleteResult result =
        deleter.delete(
            chunk.lease(),
            works.stream().flatMap(work -> work.others().stream()).toList(),
            works.stream().flatMap(work -> work.headers().stream()).toList(),
            firstDeletes(works));
    if (result.failure().isPresent()) {
      throw Thrown.again(result.failure().get());
    }
    List<Work> deleted = new ArrayList<>();
    for (Work work : works) {
      hand.keep(work.id(), work.rest().map(rest -> rest.records().size()).orElse(0));
      RuntimeException refusal = result.refused().get(work.id());
      if (result.unsent().contains(work.id())) {
        work.withdraw();
        continue;
      }
      if (work.isToBegin()) {
        work.begun();
      }
      if (refusal != null) {
        refuse(chunk, work, refusal);
      } else {
        deleted.add(work);
      }
    }
    return deleted;
  }

  /** DynamoDB refused to delete a record of a conversation, in a request of its own. */
  private void refuse(OpenChunk chunk, Work work, RuntimeException refusal) {
    List<RecordHead> remaining = reader.look(chunk.lease(), work.conversation());
    if (outages.isOutside(refusal)) {
      work.putOff(remaining);
      chunk.progress().remaining().noteTrouble(refusal);
    } else {
      work.fail(Reason.REFUSED, remaining);
      log.error("record_refused", OperatorLog.of(chunk.lease().job().ref()), refusal);
    }
  }

  /** Looks once at each conversation, deletes what is found, and returns those to look at again. */
  private List<Work> lookAndDelete(
      OpenChunk chunk, List<Work> works, Hand hand, boolean isLastLook) {
    HeldLease lease = chunk.lease();
    lease.keepAlive();
    List<List<RecordHead>> looks =
        Parallel.map(works, reader.atOnce(), work -> reader.look(lease, work.conversation()));
    List<Work> unfinished = new ArrayList<>();
    boolean planGrows = false;
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      List<RecordHead> found = looks.get(i);
      if (found.isEmpty()) {
        work.finish();
      } else if (isLastLook) {
        work.fail(Reason.RECORDS_KEEP_COMING, found);
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
    return delete(chunk, unfinished, hand);
  }
}
