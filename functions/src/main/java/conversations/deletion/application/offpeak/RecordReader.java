package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.reading.Activity;
import conversations.deletion.application.reading.RecordPages;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Scan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads the records of one conversation.
 *
 * <p>Whether a conversation is still open shows only once all of it was read. The keys of most
 * conversations are kept meanwhile. Those of a conversation with more than {@value #MOST_KEPT}
 * records, or one that takes minutes to read, are not, and its plans read it a second time.
 *
 * <p>Safe for use by several threads.
 */
public final class RecordReader {

  static final int MOST_KEPT = 10_000;

  /** A conversation that takes longer to read is not kept, so that a run's end loses little. */
  private static final Duration LONGEST_READING = Duration.ofMinutes(5);

  /** How far a scan has come is stored this often. */
  static final Duration SLICE = Duration.ofSeconds(30);

  private final ConversationRecords records;
  private final Clocks clocks;

  public RecordReader(ConversationRecords records, Clocks clocks) {
    this.records = records;
    this.clocks = clocks;
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
  Readout read(
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
    RecordPages pages = pages(lease, conversation, consistency);
    List<RecordHead> found = heads(pages.read(room));
    while (pages.next().isPresent()) {
      if (found.size() >= MOST_KEPT || pages.hasTaken(LONGEST_READING)) {
        return readout(pages, conversation, List.of()).toScan();
      }
      if (!grow.test(found.size() + Chunk.MAX_PLANNED)) {
        return readout(pages, conversation, List.of());
      }
      found.addAll(heads(pages.readOn(Chunk.MAX_PLANNED)));
    }
    return readout(pages, conversation, found);
  }

  /**
   * Reads the records for a plan of a conversation that was begun, or of which all was scanned: as
   * many as a plan holds, or as can be read in {@link #SLICE}, but one beside the header at least,
   * if there is any: the header is deleted only where it alone is left. If deletes may have been
   * sent before, all up to the end of the earlier plan are read, too.
   *
   * @param after the record key after which to go on; absent: begin at the beginning
   */
  Readout readPlan(
      HeldLease lease,
      JobConversation conversation,
      Optional<String> after,
      Consistency consistency) {
    RecordPages pages = pages(lease, conversation, consistency);
    pages.beginAfter(after, Activity.NONE);
    List<RecordHead> found = heads(pages.read(Chunk.MAX_PLANNED));
    while (pages.next().isPresent()
        && (found.stream().allMatch(RecordHead::isSessionHeader)
            || found.size() < Chunk.MAX_PLANNED && !pages.hasTaken(SLICE)
            || isBefore(pages.next().get(), conversation.records().through()))) {
      found.addAll(heads(pages.readOn(Chunk.MAX_PLANNED)));
    }
    return readout(pages, conversation, found);
  }

  /** The records for the first plan of a conversation of which all was scanned. */
  Readout readFirstPlan(HeldLease lease, JobConversation conversation, Consistency firstLook) {
    Readout glance = readPlan(lease, conversation, Optional.empty(), firstLook);
    return glance.isEmpty()
        ? readPlan(lease, conversation, Optional.empty(), Consistency.STRONG)
        : glance;
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
    RecordPages pages = pages(lease, conversation, consistency);
    pages.beginAfter(
        Optional.of(scan.through()),
        new Activity(scan.lastActivity(), Optional.empty(), false, 0, 0));
    do {
      pages.readOn(Chunk.MAX_PLANNED);
    } while (pages.next().isPresent()
        && !pages.hasTaken(atMost)
        && lease.hasTimeFor(Duration.ZERO));
    Scan soFar = new Scan(pages.last().orElseThrow(), pages.activity().last());
    return readout(pages, conversation.scanned(soFar), List.of());
  }

  private RecordPages pages(
      HeldLease lease, JobConversation conversation, Consistency consistency) {
    return new RecordPages(records, clocks, lease, conversation.conversation(), consistency);
  }

  /**
   * Drops the moments of records: many records wait at a time, and moments would take a third of
   * the memory.
   */
  private static List<RecordHead> heads(RecordPage page) {
    List<RecordHead> heads = new ArrayList<>(page.records().size());
    page.records().forEach(record -> heads.add(record.withoutMoment()));
    return heads;
  }

  /** What was read, of which these records are kept. */
  private static Readout readout(
      RecordPages pages, JobConversation conversation, List<RecordHead> kept) {
    return new Readout(
        conversation,
        Optional.empty(),
        kept,
        pages.next(),
        pages.activity(),
        new ReadAt(pages.begunAt(), pages.askedNanos()),
        pages.consistency());
  }

  private static boolean isBefore(String key, Optional<String> last) {
    return last.isPresent() && KeyOrder.INSTANCE.compare(key, last.get()) < 0;
  }
}
