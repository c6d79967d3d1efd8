package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import java.util.List;
import java.util.Optional;

/**
 * A conversation on its way through one step: planned, deleted, looked at again. Used by one thread
 * at a time.
 *
 * <p>Invariant: attachments are planned and deleted before records are, and records before the
 * session header.
 */
final class Work {

  private final BotId bot;
  private final JobConversation before;
  private final long freshUntil;
  private final Store store;
  private final Optional<Readout> rest;
  private JobConversation conversation;
  private List<Attachment> attachments = List.of();
  private List<RecordId> others = List.of();
  private List<RecordId> headers = List.of();
  private boolean isBegun;
  private boolean isWithdrawn;
  private boolean isWaiting;

  /**
   * Plans what was read, as much as a plan holds. The header is planned with the last records of
   * its conversation, because a step has to delete all that it plans.
   */
  Work(BotId bot, Readout readout) {
    this.bot = bot;
    this.before = readout.conversation();
    this.isBegun = before.isBegun();
    this.freshUntil = readout.readAt().freshUntil();
    this.store = readout.store();
    // What an earlier worker planned and this one does not find is deleted.
    JobConversation seen = seen(before, readout);
    // Of the earlier plan, what is still there is planned anew: the header perhaps in a later step.
    this.conversation =
        switch (store) {
          case ATTACHMENTS -> {
            this.attachments = readout.versions();
            yield planAttachments(seen.unplanned(store), attachments);
          }
          case RECORDS -> {
            List<RecordHead> found = readout.forPlan();
            List<RecordHead> withoutHeader = withoutHeader(found);
            this.others = idsOf(withoutHeader);
            yield plan(seen.unplanned(store), readout.hasMore() ? withoutHeader : found);
          }
        };
    this.rest = readout.hasMore() ? Optional.of(readout.afterPlan(conversation)) : Optional.empty();
  }

  /** What was planned in a store that was looked at, and is not there, is deleted. */
  static JobConversation seen(JobConversation one, Readout readout) {
    JobConversation seen =
        one.records().planned().isEmpty() ? one : one.seen(Store.RECORDS, readout.fingerprints());
    return readout.attachments().isPresent() ? seen(seen, readout.attachments().get()) : seen;
  }

  private static JobConversation seen(JobConversation one, Listed listed) {
    return one.attachments().planned().isEmpty()
        ? one
        : one.seen(Store.ATTACHMENTS, listed.fingerprints());
  }

  private static JobConversation plan(JobConversation one, List<RecordHead> records) {
    List<String> keys = records.stream().map(RecordHead::recordKey).toList();
    return one.plan(Store.RECORDS, Fingerprints.of(keys), lastOf(keys));
  }

  private static JobConversation planAttachments(JobConversation one, List<Attachment> versions) {
    return one.plan(
        Store.ATTACHMENTS,
        Listed.fingerprints(versions),
        lastOf(versions.stream().map(Attachment::key).toList()));
  }

  private static Optional<String> lastOf(List<String> keys) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
  }

  ConversationId id() {
    return before.conversation();
  }

  /** The conversation as it is to be stored now. */
  JobConversation conversation() {
    return conversation;
  }

  /** Tells whether the next delete of it is its first. */
  boolean isToBegin() {
    return !isBegun && !(attachments.isEmpty() && others.isEmpty() && headers.isEmpty());
  }

  boolean isBegun() {
    return isBegun;
  }

  /** A delete of it was sent. */
  void begun() {
    isBegun = true;
  }

  /** Until when its first delete may be sent, by the monotonic clock, in nanoseconds. */
  long freshUntil() {
    return freshUntil;
  }

  /** The attachments, or the delete markers, to be deleted next. */
  List<Attachment> attachments() {
    return attachments;
  }

  List<RecordId> others() {
    return others;
  }

  List<RecordId> headers() {
    return headers;
  }

  /** What is to be planned after this step; absent if this step is the last. */
  Optional<Readout> rest() {
    return rest.map(one -> one.of(conversation));
  }

  /** Tells whether it waits for trouble outside to pass. */
  boolean isWaiting() {
    return isWaiting;
  }

  /** Tells whether nothing of it was sent, so that its plan was taken back. */
  boolean isWithdrawn() {
    return isWithdrawn;
  }

  /** Takes the plan back, because nothing of it was sent. */
  void withdraw() {
    conversation = before;
    isWithdrawn = true;
  }

  /**
   * Plans what a look found: first all records but the header, and the header once it alone is
   * left. Attachments are found only where no record is left, and delete markers, which nobody
   * counts, are deleted only where no attachment is: before that, they hide what they are to hide.
   *
   * @return whether anything found was not in the plan before
   */
  boolean planWhatRemains(Readout found) {
    others = idsOf(withoutHeader(found.records()));
    headers = others.isEmpty() ? idsOf(found.records()) : List.of();
    attachments = found.records().isEmpty() ? found.versionsOrMarkers() : List.of();
    int before = conversation.plannedCount();
    conversation = planAttachments(plan(conversation, found.records()), found.versions());
    return conversation.plannedCount() > before;
  }

  /** All that this step planned is gone. */
  void commit() {
    conversation = conversation.commit(store);
  }

  /** A look has found nothing but records that are retained. */
  void finish(long retained) {
    conversation = conversation.goneBut(retained);
  }

  /** What was planned and a look did not find is gone, and counts. */
  void see(Readout remaining) {
    conversation = seen(conversation, remaining);
  }

  /** The same for the attachments alone. */
  void see(Listed remaining) {
    conversation = seen(conversation, remaining);
  }

  void fail(Reason reason) {
    conversation = conversation.failed(reason);
  }

  /** A hold keeps it. What remains stays planned. */
  void hold(Reason reason) {
    conversation = conversation.held(reason);
  }

  /** It waits for trouble outside to pass. What remains stays planned. */
  void putOff() {
    isWaiting = true;
  }

  private List<RecordId> idsOf(List<RecordHead> heads) {
    return heads.stream().map(head -> new RecordId(bot, id(), head.recordKey())).toList();
  }

  private static List<RecordHead> withoutHeader(List<RecordHead> heads) {
    return heads.stream().filter(head -> !head.isSessionHeader()).toList();
  }
}
