package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.RecordFingerprints;
import java.util.List;
import java.util.Optional;

/**
 * A conversation on its way through one step: planned, deleted, looked at again. Used by one thread
 * at a time.
 */
final class Work {

  private final BotId bot;
  private final JobConversation before;
  private final long freshUntil;
  private final Optional<Readout> rest;
  private JobConversation conversation;
  private List<RecordId> others;
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
    this.freshUntil = ConversationReader.freshUntil(readout);
    List<RecordHead> found = readout.forPlan();
    List<RecordHead> withoutHeader = withoutHeader(found);
    List<String> planned = keysOf(readout.hasMore() ? withoutHeader : found);
    // What an earlier worker planned and this one does not find is deleted.
    JobConversation seen =
        before.planned().isEmpty()
            ? before
            : before.seen(RecordFingerprints.of(keysOf(readout.records())));
    // Of the earlier plan, what is still there is planned anew: the header perhaps in a later step.
    this.conversation = seen.unplanned().plan(RecordFingerprints.of(planned), lastOf(planned));
    this.rest = readout.hasMore() ? Optional.of(readout.afterPlan(conversation)) : Optional.empty();
    this.others = idsOf(withoutHeader);
  }

  ConversationId id() {
    return conversation.conversation();
  }

  /** The conversation as it is to be stored now. */
  JobConversation conversation() {
    return conversation;
  }

  /** Tells whether the next delete of it is its first. */
  boolean isToBegin() {
    return !isBegun && !(others.isEmpty() && headers.isEmpty());
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
   * Plans what a look found: first all but the header, and the header once it alone is left.
   *
   * @return whether anything found was not in the plan before
   */
  boolean planWhatRemains(List<RecordHead> found) {
    others = idsOf(withoutHeader(found));
    headers = others.isEmpty() ? idsOf(found) : List.of();
    List<String> keys = keysOf(found);
    int before = conversation.planned().size();
    conversation = conversation.plan(RecordFingerprints.of(keys), lastOf(keys));
    return conversation.planned().size() > before;
  }

  /** All that was planned is gone. */
  void commit() {
    conversation = conversation.commit();
  }

  /** A look has found nothing. */
  void finish() {
    conversation = conversation.gone();
  }

  void fail(Reason reason, List<RecordHead> remaining) {
    conversation = conversation.failed(reason, RecordFingerprints.of(keysOf(remaining)));
  }

  /** It waits for trouble outside to pass. What is gone counts, and the rest stays planned. */
  void putOff(List<RecordHead> remaining) {
    isWaiting = true;
    conversation = conversation.seen(RecordFingerprints.of(keysOf(remaining)));
  }

  private List<RecordId> idsOf(List<RecordHead> heads) {
    return heads.stream().map(head -> new RecordId(bot, id(), head.recordKey())).toList();
  }

  private static List<RecordHead> withoutHeader(List<RecordHead> heads) {
    return heads.stream().filter(head -> !head.isSessionHeader()).toList();
  }

  private static List<String> keysOf(List<RecordHead> heads) {
    return heads.stream().map(RecordHead::recordKey).toList();
  }

  private static Optional<String> lastOf(List<String> keys) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
  }
}
