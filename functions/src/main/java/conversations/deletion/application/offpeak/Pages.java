package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordPage;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pages of one conversation, read one after another. Used by one thread. */
final class Pages {

  /** No clock is this far ahead: a record from further ahead tells nothing about its age. */
  private static final Duration CREDIBLE_LEAD = Duration.ofMinutes(5);

  private final ConversationRecords records;
  private final Clocks clocks;
  private final HeldLease lease;
  private final JobConversation conversation;
  private final Consistency consistency;
  private final Instant begunAt;
  private Optional<String> next = Optional.empty();
  private Optional<String> last = Optional.empty();
  private Activity activity = Activity.NONE;
  private final long begunNanos;
  private long askedNanos;

  Pages(
      ConversationRecords records,
      Clocks clocks,
      HeldLease lease,
      JobConversation conversation,
      Consistency consistency) {
    this.records = records;
    this.clocks = clocks;
    this.lease = lease;
    this.conversation = conversation;
    this.consistency = consistency;
    this.begunAt = clocks.now();
    this.begunNanos = clocks.nanos();
  }

  /** Goes on behind a key, with what is known of the records before it. */
  void beginAfter(Optional<String> key, Activity known) {
    next = key;
    last = key;
    activity = known;
  }

  /** Reads a page of at most this many records. */
  List<RecordHead> read(int limit) {
    RecordPage page = lease.insist(() -> readOnce(limit));
    activity = activity.plus(page, clocks.now().plus(CREDIBLE_LEAD));
    next = page.next();
    if (next.isPresent()) {
      last = next;
    } else if (!page.records().isEmpty()) {
      last = Optional.of(page.records().getLast().recordKey());
    }
    return withoutMoments(page);
  }

  private RecordPage readOnce(int limit) {
    askedNanos = clocks.nanos();
    return records.read(lease.job().bot(), conversation.conversation(), next, limit, consistency);
  }

  /**
   * Reads a further page, if time is left. A conversation of many pages may take longer to read
   * than the lease or the run lasts.
   */
  List<RecordHead> readOn() {
    lease.keepAlive();
    lease.requireTimeToDelete();
    return read(Chunk.MAX_PLANNED);
  }

  /**
   * Drops the moments of records: many records wait at a time, and moments would take a third of
   * the memory.
   */
  private static List<RecordHead> withoutMoments(RecordPage page) {
    List<RecordHead> heads = new ArrayList<>(page.records().size());
    page.records().forEach(record -> heads.add(record.withoutMoment()));
    return heads;
  }

  /** Tells whether reading has taken at least this long. */
  boolean hasTaken(Duration time) {
    return clocks.nanos() - begunNanos >= time.toNanos();
  }

  /** The key after which the next page begins; absent if there is none. */
  Optional<String> next() {
    return next;
  }

  /** The last key that was read; absent if there is none. */
  Optional<String> last() {
    return last;
  }

  Activity activity() {
    return activity;
  }

  /** What was read, of which these records are kept. */
  Readout readout(JobConversation now, List<RecordHead> kept) {
    return new Readout(
        now, Optional.empty(), kept, next, activity, new ReadAt(begunAt, askedNanos), consistency);
  }
}
