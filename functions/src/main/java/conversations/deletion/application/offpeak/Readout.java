package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.RecordKeyOrder;
import conversations.deletion.domain.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was read of a conversation.
 *
 * @param conversation as it was before
 * @param records what was found and is kept, in the order of the keys
 * @param next the record key after which there may be more; absent if this is all
 * @param activity of what was read
 * @param readAt when the reading began; writes that came later may be missing
 * @param readNanos when the last page was asked for, by the monotonic clock, in nanoseconds: the
 *     latest moment that what was read can be of
 * @param consistency how it was read, and its rest is to be read
 */
record Readout(
    JobConversation conversation,
    List<RecordHead> records,
    Optional<String> next,
    Activity activity,
    Instant readAt,
    long readNanos,
    Consistency consistency) {

  /**
   * What a conversation's records tell about it.
   *
   * @param undated how many of them do not tell when they were made
   */
  record Activity(Optional<Instant> last, Optional<SessionHeader> header, int undated) {

    static final Activity NONE = new Activity(Optional.empty(), Optional.empty(), 0);

    /**
     * This, and what some more records tell.
     *
     * @param credibleUntil a record that claims to be made later tells nothing about its age
     */
    Activity plus(List<RecordHead> found, Instant credibleUntil) {
      Instant latest = last.orElse(Instant.MIN);
      Optional<SessionHeader> firstHeader = header;
      int withoutMoment = undated;
      for (RecordHead record : found) {
        Instant moment = record.createdAt().orElse(Instant.MIN);
        if (moment.isAfter(latest) && !moment.isAfter(credibleUntil)) {
          latest = moment;
        }
        if (record.createdAt().isEmpty()) {
          withoutMoment++;
        }
        if (firstHeader.isEmpty()) {
          firstHeader = record.header();
        }
      }
      return new Activity(
          latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest),
          firstHeader,
          withoutMoment);
    }

    /** What both tell. */
    Activity and(Activity other) {
      return new Activity(
          Stream.concat(last.stream(), other.last.stream()).max(Instant::compareTo),
          header.or(() -> other.header),
          undated + other.undated);
    }
  }

  ConversationId id() {
    return conversation.conversation();
  }

  /** Tells whether nothing of the conversation is there. */
  boolean isEmpty() {
    return records.isEmpty() && next.isEmpty();
  }

  boolean hasMore() {
    return planSize() < records.size() || next.isPresent();
  }

  /** The records for the next plan. */
  List<RecordHead> forPlan() {
    return records.subList(0, planSize());
  }

  /** A plan that an earlier worker left is finished whole, as all of it counts at once. */
  private int planSize() {
    return conversation.planned().isEmpty()
        ? Math.min(records.size(), Chunk.MAX_PLANNED_RECORDS)
        : records.size();
  }

  /**
   * What is kept for later plans.
   *
   * @param now the conversation after all that was planned before is deleted
   */
  Readout afterPlan(JobConversation now) {
    return new Readout(
        now,
        records.subList(planSize(), records.size()),
        next,
        activity,
        readAt,
        readNanos,
        consistency);
  }

  /** Only what lies within the plan that an earlier worker, or an earlier attempt, stored. */
  Readout withinPlan() {
    String through = conversation.plannedThrough().orElseThrow();
    List<RecordHead> within =
        records.stream()
            .filter(one -> RecordKeyOrder.INSTANCE.compare(one.recordKey(), through) <= 0)
            .toList();
    return within.size() == records.size()
        ? this
        : new Readout(
            conversation, within, Optional.of(through), activity, readAt, readNanos, consistency);
  }

  /** The same without its records: it is to be scanned on from where it was read to. */
  Readout toScan() {
    Scan soFar = new Scan(next.orElseThrow(), activity.last());
    return new Readout(
        conversation.scanned(soFar), List.of(), next, activity, readAt, readNanos, consistency);
  }

  /** The first plan's records of a conversation, with what a scan of all of it has told. */
  Readout afterScan(Readout scan) {
    return new Readout(
        scan.conversation,
        records,
        next,
        activity.and(scan.activity),
        readAt,
        scan.readNanos,
        consistency);
  }

  /** The same of the conversation in another state. */
  Readout of(JobConversation other) {
    return new Readout(other, records, next, activity, readAt, readNanos, consistency);
  }
}
