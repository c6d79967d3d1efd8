package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.reading.Activity;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Scan;
import conversations.deletion.domain.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was read of a conversation.
 *
 * @param conversation as it was before
 * @param attachments what lies in the bucket; absent if that was not looked at
 * @param records what was found and is kept, in the order of the keys
 * @param next the record key after which there may be more; absent if this is all
 * @param activity of the records that were read
 * @param readAt when they were read
 * @param consistency how they were read, and the rest is to be read
 */
record Readout(
    JobConversation conversation,
    Optional<Listed> attachments,
    List<RecordHead> records,
    Optional<String> next,
    Activity activity,
    ReadAt readAt,
    Consistency consistency) {

  /**
   * When records were read.
   *
   * @param begun when the reading began; writes that came later may be missing
   * @param lastNanos when the last page was asked for, by the monotonic clock, in nanoseconds: the
   *     latest moment that what was read can be of
   */
  record ReadAt(Instant begun, long lastNanos) {

    /** After this time, what was read of a conversation that was not begun is read again. */
    static final Duration FRESH = Duration.ofSeconds(8);

    /** Until when the first delete may be sent, by the monotonic clock. */
    long freshUntil() {
      return lastNanos + FRESH.toNanos();
    }
  }

  ConversationId id() {
    return conversation.conversation();
  }

  /** Tells whether no record of the conversation is there. */
  boolean hasNoRecord() {
    return records.isEmpty() && next.isEmpty();
  }

  /** Tells whether nothing of the conversation is there. */
  boolean isEmpty() {
    return hasNoRecord() && attachments.map(Listed::isEmpty).orElse(true);
  }

  /** Tells whether not even a delete marker or an unfinished upload is there. */
  boolean isClean() {
    return isEmpty() && attachments.map(Listed::isClean).orElse(true);
  }

  /** The fingerprints of the records. */
  Fingerprints fingerprints() {
    return Fingerprints.of(records.stream().map(RecordHead::recordKey).toList());
  }

  /** The attachments that were listed. */
  List<Attachment> versions() {
    return attachments.map(Listed::versions).orElse(List.of());
  }

  /** The attachments that were listed or, if there are none, the delete markers. */
  List<Attachment> versionsOrMarkers() {
    return versions().isEmpty() ? attachments.map(Listed::markers).orElse(List.of()) : versions();
  }

  /** The store whose part is planned next: the records only once no attachment is left. */
  Store store() {
    return attachments.map(Listed::isEmpty).orElse(true) ? Store.RECORDS : Store.ATTACHMENTS;
  }

  /** How many keys of it are kept. */
  int keys() {
    return records.size() + attachments.map(Listed::size).orElse(0);
  }

  /** How many records or attachments the next plan has. */
  int planCount() {
    return switch (store()) {
      case ATTACHMENTS -> versions().size();
      case RECORDS -> forPlan().size();
    };
  }

  /** Tells whether there is more than what is planned next. */
  boolean hasMore() {
    return switch (store()) {
      case ATTACHMENTS ->
          !attachments.map(Listed::isWhole).orElse(true) || !records.isEmpty() || next.isPresent();
      case RECORDS -> planSize() < records.size() || next.isPresent();
    };
  }

  /** The records for the next plan. */
  List<RecordHead> forPlan() {
    return records.subList(0, planSize());
  }

  /** A plan that an earlier worker left is finished whole, as all of it counts at once. */
  private int planSize() {
    return conversation.records().planned().isEmpty()
        ? Math.min(records.size(), Chunk.MAX_PLANNED)
        : records.size();
  }

  /**
   * What is kept for later plans.
   *
   * @param now the conversation after all that was planned before is deleted
   */
  Readout afterPlan(JobConversation now) {
    return switch (store()) {
      case ATTACHMENTS -> of(now).with(attachments.map(Listed::afterVersions));
      case RECORDS -> of(now).with(records.subList(planSize(), records.size()), next);
    };
  }

  /** Only what lies within the plan that an earlier worker, or an earlier attempt, stored. */
  Readout withinPlan() {
    Fingerprints planned = conversation.attachments().planned();
    return planned.isEmpty()
        ? withinRecordsPlan()
        : with(attachments.map(one -> one.within(planned)));
  }

  private Readout withinRecordsPlan() {
    String through = conversation.records().through().orElseThrow();
    List<RecordHead> within =
        records.stream()
            .filter(one -> KeyOrder.INSTANCE.compare(one.recordKey(), through) <= 0)
            .toList();
    return within.size() == records.size() ? this : with(within, Optional.of(through));
  }

  /** The same without its records: it is to be scanned on from where it was read to. */
  Readout toScan() {
    Scan soFar = new Scan(next.orElseThrow(), activity.last());
    return of(conversation.scanned(soFar)).with(List.of(), next);
  }

  /** The first plan's records of a conversation, with what a scan of all of it has told. */
  Readout afterScan(Readout scan) {
    return new Readout(
        scan.conversation,
        attachments,
        records,
        next,
        activity.and(scan.activity),
        new ReadAt(readAt.begun(), scan.readAt.lastNanos()),
        consistency);
  }

  /** The same of the conversation in another state. */
  Readout of(JobConversation other) {
    return new Readout(other, attachments, records, next, activity, readAt, consistency);
  }

  /** The same with what lies in the bucket. */
  Readout with(Listed listed) {
    return with(Optional.of(listed));
  }

  private Readout with(Optional<Listed> listed) {
    return new Readout(conversation, listed, records, next, activity, readAt, consistency);
  }

  private Readout with(List<RecordHead> kept, Optional<String> after) {
    return new Readout(conversation, attachments, kept, after, activity, readAt, consistency);
  }
}
