package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.reading.ConversationRules;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Scan;
import conversations.deletion.domain.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads conversations, records and attachments, before and after they are deleted.
 *
 * <p>Safe for use by several threads.
 */
public final class ConversationReader {

  /** A smaller page would cost as much. */
  private static final int LEAST_PAGE = 100;

  private final RecordReader records;
  private final AttachmentReader attachments;
  private final EngineSettings settings;
  private final Clocks clocks;

  public ConversationReader(
      RecordReader records, AttachmentReader attachments, EngineSettings settings, Clocks clocks) {
    this.records = records;
    this.attachments = attachments;
    this.settings = settings;
    this.clocks = clocks;
  }

  /**
   * Reads some conversations at a time, and counts their keys in the hand.
   *
   * <p>Where deletes may have been sent before, by this job or another, only a consistent look
   * shows what they left.
   *
   * @param firstLook which writes the look sees if no delete was sent
   */
  List<Readout> readAll(
      HeldLease lease, List<JobConversation> some, InHand.Hand hand, Consistency firstLook) {
    List<Readout> read =
        Parallel.map(some, settings.readConcurrency(), one -> readOne(lease, one, hand, firstLook));
    read.forEach(one -> hand.read(one.id(), one.keys()));
    lease.keepAlive();
    return read;
  }

  private Readout readOne(
      HeldLease lease, JobConversation stored, InHand.Hand hand, Consistency firstLook) {
    JobConversation one = attachments.withoutUnseen(stored);
    if (one.isBegun()) {
      return readBegun(lease, one);
    }
    ConversationId id = one.conversation();
    boolean mayBeBehind = hand.isLatelyDeleted(id);
    return readWhole(
        lease,
        () ->
            records.read(
                lease,
                one,
                Math.clamp(2L * hand.room(id), LEAST_PAGE, Chunk.MAX_PLANNED),
                total -> hand.grow(id, total),
                mayBeBehind ? Consistency.STRONG : firstLook));
  }

  /**
   * Reads records and, if that was all of them, lists attachments. A list may take long, as delete
   * markers are listed to the last. What was read of the records is too old then, and is read
   * again.
   */
  private Readout readWhole(HeldLease lease, Supplier<Readout> reading) {
    Readout read = reading.get();
    if (read.next().isPresent()) {
      return read;
    }
    Readout whole = withAttachments(lease, read);
    if (whole.attachments().isEmpty() || !isOutdated(whole)) {
      return whole;
    }
    Readout again = reading.get();
    return again.next().isPresent() || mustWait(again)
        ? again
        : again.with(whole.attachments().get());
  }

  /**
   * Reads one conversation, for whose keys there was no room beside others. If the memory has no
   * room for them either, it has a {@link Scan} then.
   */
  Readout readAlone(
      HeldLease lease, JobConversation one, InHand.Hand hand, Consistency consistency) {
    Readout read =
        readWhole(
            lease,
            () ->
                records.read(
                    lease,
                    one,
                    Chunk.MAX_PLANNED,
                    total -> hand.growAlone(one.conversation(), total),
                    consistency));
    Readout whole = read.next().isPresent() ? read.toScan() : read;
    hand.read(whole.id(), whole.keys());
    return whole;
  }

  /**
   * Reads what may be left of a conversation that was begun. If no record is, this is a {@link
   * #look}. Its attachments are listed as long as no record is planned.
   */
  private Readout readBegun(HeldLease lease, JobConversation one) {
    Readout read = look(lease, one);
    boolean isOfRecords = one.records().isBegun() && one.attachments().planned().isEmpty();
    return isOfRecords || read.attachments().isPresent() ? read : withAttachments(lease, read);
  }

  /** What was read of a conversation's records, with its attachments unless it is still open. */
  private Readout withAttachments(HeldLease lease, Readout read) {
    return mustWait(read) ? read : read.with(listAttachments(lease, read.conversation()));
  }

  private boolean mustWait(Readout read) {
    return !read.conversation().isBegun()
        && ConversationRules.openUntil(read.activity(), read.readAt().begun(), settings.idle())
            .isPresent();
  }

  /** As many attachments as a plan holds, and all that are left of an earlier plan. */
  Listed listAttachments(HeldLease lease, JobConversation conversation) {
    return attachments.list(lease, conversation);
  }

  /** The rules by which is decided what of that is deleted for a job. */
  ConversationRules rules(DeletionTarget target) {
    return attachments.rules(target, settings.idle());
  }

  /** Reads records alone. */
  RecordReader records() {
    return records;
  }

  /** How many conversations are read at a time. */
  int atOnce() {
    return settings.readConcurrency();
  }

  /**
   * Tells whether a conversation must be read again before it is begun. One that was begun is
   * finished, however long its list took.
   */
  boolean isOutdated(Readout readout) {
    return !readout.conversation().isBegun() && clocks.nanos() > readout.readAt().freshUntil();
  }

  /** Tells whether a step had better be carried out than grow any more. */
  boolean isGettingOld(Work work) {
    return work.isToBegin() && clocks.nanos() > work.freshUntil() - ReadAt.FRESH.toNanos() / 2;
  }

  /**
   * What is left of a conversation, by a strongly consistent read: all of it up to the end of its
   * plan, and beyond that as much as a plan holds. Once no record is left, its attachments are
   * looked for.
   */
  Readout look(HeldLease lease, JobConversation conversation) {
    Readout left = records.readPlan(lease, conversation, Optional.empty(), Consistency.STRONG);
    return left.isEmpty() ? left.with(attachments.look(lease, conversation)) : left;
  }

  /** Reads on for a later plan: attachments as long as there are any, and then records. */
  Readout readOn(HeldLease lease, Readout rest) {
    Readout listed =
        rest.store() == Store.ATTACHMENTS
            ? rest.with(listAttachments(lease, rest.conversation()))
            : rest;
    boolean isToBeRead =
        listed.store() == Store.RECORDS && listed.records().isEmpty() && listed.next().isPresent();
    return isToBeRead
        ? records.readPlan(lease, listed.conversation(), listed.next(), listed.consistency())
        : listed;
  }
}
