package conversations.deletion.application.reading;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The pages of one conversation, read one after another. Used by one thread. */
public final class RecordPages {

  /** No clock is this far ahead: a record from further ahead tells nothing about its age. */
  private static final Duration CREDIBLE_LEAD = Duration.ofMinutes(5);

  private final ConversationReads records;
  private final Clocks clocks;
  private final ReadRight right;
  private final ConversationId conversation;
  private final Consistency consistency;
  private final Instant begunAt;
  private Optional<String> next = Optional.empty();
  private Optional<String> last = Optional.empty();
  private Activity activity = Activity.NONE;
  private final long begunNanos;
  private long askedNanos;

  /** Pages from the first on. */
  public RecordPages(
      ConversationReads records,
      Clocks clocks,
      ReadRight right,
      ConversationId conversation,
      Consistency consistency) {
    this.records = records;
    this.clocks = clocks;
    this.right = right;
    this.conversation = conversation;
    this.consistency = consistency;
    this.begunAt = clocks.now();
    this.begunNanos = clocks.nanos();
  }

  /** Goes on behind a key, with what is known of the records before it. */
  public void beginAfter(Optional<String> key, Activity known) {
    next = key;
    last = key;
    activity = known;
  }

  /** Reads a page of at most this many records. */
  public RecordPage read(int limit) {
    RecordPage page = right.insist(() -> readOnce(limit));
    activity = activity.plus(page, clocks.now().plus(CREDIBLE_LEAD));
    next = page.next();
    if (next.isPresent()) {
      last = next;
    } else if (!page.records().isEmpty()) {
      last = Optional.of(page.records().getLast().recordKey());
    }
    return page;
  }

  private RecordPage readOnce(int limit) {
    askedNanos = clocks.nanos();
    return records.read(right.bot(), conversation, next, limit, consistency);
  }

  /**
   * Reads a further page, if time is left. A conversation of many pages may take longer to read
   * than the right or the run lasts.
   */
  public RecordPage readOn(int limit) {
    right.requireTimeToRead();
    return read(limit);
  }

  /** Tells whether reading has taken at least this long. */
  public boolean hasTaken(Duration time) {
    return clocks.nanos() - begunNanos >= time.toNanos();
  }

  /** The key after which the next page begins; absent if there is none. */
  public Optional<String> next() {
    return next;
  }

  /** The last key that was read; absent if there is none. */
  public Optional<String> last() {
    return last;
  }

  /** What all records told that were read so far. */
  public Activity activity() {
    return activity;
  }

  /** When the reading began. */
  public Instant begunAt() {
    return begunAt;
  }

  /** When the last page was asked for, by the monotonic clock. */
  public long askedNanos() {
    return askedNanos;
  }

  /** Which writes the pages show. */
  public Consistency consistency() {
    return consistency;
  }
}
