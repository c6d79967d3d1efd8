package conversations.deletion.local.console;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Conversations by the time at which they began, in spans of equal length that follow each other.
 *
 * @param spanSeconds how long each span is
 * @param spans from the first conversation's to the last one's, with those between them in which
 *     none began; none if no conversation tells when it began
 * @param undated the number of conversations that don't tell
 */
record OverTime(long spanSeconds, List<Span> spans, int undated) {

  /** As many bars as can still be told apart on a phone. */
  static final int MOST_SPANS = 48;

  private static final long DAY = Duration.ofDays(1).toSeconds();

  /** The lengths of spans that people can name, in seconds. */
  private static final List<Long> LENGTHS =
      Stream.of(
              Stream.of(1, 5, 15).map(Duration::ofMinutes),
              Stream.of(1, 3, 6, 12).map(Duration::ofHours),
              Stream.of(1, 2, 7, 14, 30, 90, 365).map(Duration::ofDays))
          .flatMap(lengths -> lengths)
          .map(Duration::toSeconds)
          .toList();

  /** How a conversation stands towards a job. */
  enum Kind {
    /** A job can delete it. */
    READY,
    /** Somebody may still be using it, so a job waits. */
    OPEN,
    /** A hold keeps it, so a job waits. */
    HELD,
    /** No job can delete it as it is. */
    FAILING
  }

  /** A conversation that tells when it began. */
  record Dated(Instant startedAt, Kind kind, long records) {}

  /**
   * A span and how many conversations began in it. Each is of one kind.
   *
   * @param from its first moment; the next span's is the first that is not in it
   */
  record Span(
      @JsonSerialize(using = ToStringSerializer.class) Instant from,
      int ready,
      int open,
      int held,
      int failing,
      long records) {

    private Span with(Dated one) {
      return new Span(
          from,
          ready + (one.kind() == Kind.READY ? 1 : 0),
          open + (one.kind() == Kind.OPEN ? 1 : 0),
          held + (one.kind() == Kind.HELD ? 1 : 0),
          failing + (one.kind() == Kind.FAILING ? 1 : 0),
          records + one.records());
    }
  }

  /** The spans that these conversations need, as short as {@link #MOST_SPANS} of them allow. */
  static OverTime of(Collection<Dated> conversations, int undated) {
    if (conversations.isEmpty()) {
      return new OverTime(LENGTHS.getFirst(), List.of(), undated);
    }
    List<Long> seconds =
        conversations.stream().map(one -> one.startedAt().getEpochSecond()).sorted().toList();
    long length = length(seconds.getFirst(), seconds.getLast());
    long first = Math.floorDiv(seconds.getFirst(), length);
    long last = Math.floorDiv(seconds.getLast(), length);
    List<Span> spans = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      long from = Math.max(i * length, Instant.MIN.getEpochSecond());
      spans.add(new Span(Instant.ofEpochSecond(from), 0, 0, 0, 0, 0));
    }
    for (Dated one : conversations) {
      int i = (int) (Math.floorDiv(one.startedAt().getEpochSecond(), length) - first);
      spans.set(i, spans.get(i).with(one));
    }
    return new OverTime(length, List.copyOf(spans), undated);
  }

  private static long length(long first, long last) {
    return LENGTHS.stream()
        .filter(length -> spans(first, last, length) <= MOST_SPANS)
        .findFirst()
        .orElseGet(() -> Math.ceilDiv(last - first, (MOST_SPANS - 1) * DAY) * DAY);
  }

  private static long spans(long first, long last, long length) {
    return Math.floorDiv(last, length) - Math.floorDiv(first, length) + 1;
  }
}
