package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.Readout.Activity;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.RecordKeyOrder;
import conversations.deletion.domain.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads the records of a conversation, before and after they are deleted.
 *
 * <p>Whether a conversation is still open shows only once all of it was read. The keys of most
 * conversations are kept meanwhile. Those of a conversation with more than {@value #MOST_KEPT}
 * records, or one that takes minutes to read, are not, and its plans read it a second time.
 *
 * <p>Safe for use by several threads.
 */
public final class ConversationReader {

  static final int MOST_KEPT = 10_000;

  /** A conversation that takes longer to read is not kept, so that a run's end loses little. */
  private static final Duration LONGEST_READING = Duration.ofMinutes(5);

  /** How far a scan has come is stored this often. */
  static final Duration SLICE = Duration.ofSeconds(30);

  /** A smaller page would cost as much. */
  private static final int LEAST_PAGE = 100;

  /** After this time, what was read of a conversation that was not begun is read again. */
  private static final Duration FRESH = Duration.ofSeconds(8);

  private final ConversationRecords records;
  private final EngineSettings settings;
  private final Clocks clocks;

  public ConversationReader(ConversationRecords records, EngineSettings settings, Clocks clocks) {
    this.records = records;
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
    read.forEach(one -> hand.read(one.id(), one.records().size()));
    lease.keepAlive();
    return read;
  }

  private Readout readOne(
      HeldLease lease, JobConversation one, InHand.Hand hand, Consistency firstLook) {
    if (one.isBegun()) {
      return readPlan(lease, one, Optional.empty(), Consistency.STRONG);
    }
    ConversationId id = one.conversation();
    boolean mayBeBehind = hand.isLatelyDeleted(id);
    return read(
        lease,
        one,
        Math.clamp(2L * hand.room(id), LEAST_PAGE, Chunk.MAX_PLANNED_RECORDS),
        total -> hand.grow(id, total),
        mayBeBehind ? Consistency.STRONG : firstLook);
  }

  /**
   * Reads one conversation, for whose keys there was no room beside others. If the memory has no
   * room for them either, it has a {@link Scan} then.
   */
  Readout readAlone(
      HeldLease lease, JobConversation one, InHand.Hand hand, Consistency consistency) {
    Readout read =
        read(
            lease,
            one,
            Chunk.MAX_PLANNED_RECORDS,
            total -> hand.growAlone(one.conversation(), total),
            consistency);
    hand.read(read.id(), read.records().size());
    return read.next().isPresent() ? read.toScan() : read;
  }

  /** How many conversations are read at a time. */
  int atOnce() {
    return settings.readConcurrency();
  }

  /** Until when the first delete of a conversation may be sent, by the monotonic clock. */
  static long freshUntil(Readout readout) {
    return readout.readNanos() + FRESH.toNanos();
  }

  /** Tells whether a conversation must be read again before it is begun. */
  boolean isOutdated(Readout readout) {
    return clocks.nanos() > freshUntil(readout);
  }

  /** Tells whether a step had better be carried out than grow any more. */
  boolean isGettingOld(Work work) {
    return work.isToBegin() && clocks.nanos() > work.freshUntil() - FRESH.toNanos() / 2;
  }

  /** When a conversation will have been idle long enough; absent if it has been already. */
  Optional<Instant> openUntil(Readout readout) {
    return readout
        .activity()
        .last()
        .map(last -> last.plus(settings.idle()))
        .filter(_ -> settings.idle().isPositive())
        .filter(readout.readAt()::isBefore);
  }

  /**
   * Reads a conversation of which nothing was planned, from its beginning.
   *
   * <p>The first look may show an old state, at half the price, because the looks after the deletes
   * find what it misses. But a look that found nothing is believed only if it was consistent.
   *
   * @param room how many keys there is room for
   * @param grow makes room for this many keys in all, and tells whether it could
   * @param firstLook which writes the first look sees
   * @return all of it; or no records and a {@code next}, if there was no room for its keys. It then
   *     has a {@link Scan}, if there never is
   * @throws OutOfTimeException if time ran out between two pages
   */
  private Readout read(
      HeldLease lease,
      JobConversation conversation,
      int room,
      IntPredicate grow,
      Consistency firstLook) {
    Readout glance = readWhole(lease, conversation, room, grow, firstLook);
    return glance.isEmpty() && firstLook == Consistency.EVENTUAL
        ? readWhole(lease, conversation, room, grow, Consistency.STRONG)
        : glance;
  }

  private Readout readWhole(
      HeldLease lease,
      JobConversation conversation,
      int room,
      IntPredicate grow,
      Consistency consistency) {
    Pages pages = pages(lease, conversation, consistency);
    List<RecordHead> found = pages.read(room);
    while (pages.next().isPresent()) {
      if (found.size() >= MOST_KEPT || pages.hasTaken(LONGEST_READING)) {
        return pages.readout(conversation, List.of()).toScan();
      }
      if (!grow.test(found.size() + Chunk.MAX_PLANNED_RECORDS)) {
        return pages.readout(conversation, List.of());
      }
      found.addAll(pages.readOn());
    }
    return pages.readout(conversation, found);
  }

  /**
   * Reads the records for a plan of a conversation that was begun, or of which all was scanned: as
   * many as a plan holds, or as can be read in {@link #SLICE}. If deletes may have been sent
   * before, all up to the end of the earlier plan are read, too.
   *
   * @param after the record key after which to go on; absent: begin at the beginning
   */
  Readout readPlan(
      HeldLease lease,
      JobConversation conversation,
      Optional<String> after,
      Consistency consistency) {
    Pages pages = pages(lease, conversation, consistency);
    pages.beginAfter(after, Activity.NONE);
    List<RecordHead> found = pages.read(Chunk.MAX_PLANNED_RECORDS);
    while (pages.next().isPresent()
        && (found.size() < Chunk.MAX_PLANNED_RECORDS && !pages.hasTaken(SLICE)
            || isBefore(pages.next().get(), conversation.plannedThrough()))) {
      found.addAll(pages.readOn());
    }
    return pages.readout(conversation, found);
  }

  /** The records for the first plan of a conversation of which all was scanned. */
  Readout readFirstPlan(HeldLease lease, JobConversation conversation, Consistency firstLook) {
    Readout glance = readPlan(lease, conversation, Optional.empty(), firstLook);
    return glance.isEmpty()
        ? readPlan(lease, conversation, Optional.empty(), Consistency.STRONG)
        : glance;
  }

  /**
   * What is left of a conversation, by a strongly consistent read: all of it up to the end of its
   * plan, and beyond that as much as a plan holds.
   */
  List<RecordHead> look(HeldLease lease, JobConversation conversation) {
    return readPlan(lease, conversation, Optional.empty(), Consistency.STRONG).records();
  }

  /**
   * Reads on where a conversation's scan stopped, and keeps no keys.
   *
   * @param atMost how long to read, if the run has that much time; at least one page is read
   * @return the conversation with its scan; {@code next} is absent if that has come to the end. The
   *     last activity is of all that was scanned, and the rest of what the records tell is of this
   *     time alone
   */
  Readout scan(
      HeldLease lease, JobConversation conversation, Consistency consistency, Duration atMost) {
    Scan scan = conversation.scan().orElseThrow();
    Pages pages = pages(lease, conversation, consistency);
    pages.beginAfter(
        Optional.of(scan.through()), new Activity(scan.lastActivity(), Optional.empty(), 0));
    do {
      pages.readOn();
    } while (pages.next().isPresent()
        && !pages.hasTaken(atMost)
        && lease.hasTimeFor(Duration.ZERO));
    Scan soFar = new Scan(pages.last().orElseThrow(), pages.activity().last());
    return pages.readout(conversation.scanned(soFar), List.of());
  }

  private Pages pages(HeldLease lease, JobConversation conversation, Consistency consistency) {
    return new Pages(records, clocks, lease, conversation, consistency);
  }

  private static boolean isBefore(String key, Optional<String> last) {
    return last.isPresent() && RecordKeyOrder.INSTANCE.compare(key, last.get()) < 0;
  }
}
