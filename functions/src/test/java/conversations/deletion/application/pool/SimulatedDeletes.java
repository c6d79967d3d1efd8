package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One sender that deletes from a table which takes so many write units a second, in simulated time.
 */
final class SimulatedDeletes implements DeletesOnly {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long ROUND_TRIP = Duration.ofMillis(5).toNanos();

  private final int unitsOfRecord;
  private final double saved;
  private double limit;
  private double tokens;
  private long refilledAt;
  private long nanos;
  private long outageEnds = Long.MIN_VALUE;
  private Optional<ConversationId> hot = Optional.empty();
  private final List<Integer> sizes = new ArrayList<>();
  private long takenAt;
  private double taken;
  private double refused;

  /**
   * @param limit the write units a second
   * @param saved the most unused units that the table saves up; it begins with so many
   */
  SimulatedDeletes(double limit, double saved, int unitsOfRecord) {
    this.limit = limit;
    this.saved = saved;
    this.tokens = saved;
    this.unitsOfRecord = unitsOfRecord;
  }

  RecordDeleter deleter(double maxWriteUnits) {
    return new RecordDeleter(
        this,
        new PoolSettings(1, maxWriteUnits, Duration.ofSeconds(15)),
        new Clocks(() -> Instant.EPOCH, () -> nanos, pause -> nanos += pause.toNanos()),
        (_, _) -> {});
  }

  DeleteRight right() {
    return TestRight.lasting(Duration.ofDays(1), "job-1", () -> nanos);
  }

  /** So many records, the same number of each conversation. */
  static List<RecordId> records(int conversations, int ofEach) {
    return IntStream.range(0, conversations * ofEach)
        .mapToObj(
            i ->
                new RecordId(
                    new BotId("st-1"),
                    new ConversationId("c" + i / ofEach),
                    Integer.toString(i % ofEach)))
        .toList();
  }

  void takesFromNowOn(double newLimit) {
    limit = newLimit;
  }

  void takesNothingUntil(Duration moment) {
    outageEnds = moment.toNanos();
  }

  void takesNothingOf(String conversation) {
    hot = Optional.of(new ConversationId(conversation));
  }

  double seconds() {
    return nanos / (double) SECOND;
  }

  /** When a record was taken last. */
  double lastTaken() {
    return takenAt / (double) SECOND;
  }

  double unitsTaken() {
    return taken;
  }

  double unitsRefused() {
    return refused;
  }

  /** How many records the requests had. */
  List<Integer> requestSizes() {
    return sizes;
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    sizes.add(records.size());
    List<RecordId> left = new ArrayList<>();
    double units = 0;
    for (RecordId record : records) {
      if (takes(record)) {
        units += unitsOfRecord;
        takenAt = nanos;
      } else {
        refused += unitsOfRecord;
        left.add(record);
      }
    }
    taken += units;
    nanos += ROUND_TRIP;
    return new DeleteAnswer(left, units);
  }

  private boolean takes(RecordId record) {
    tokens = Math.min(saved, tokens + (nanos - refilledAt) * limit / SECOND);
    refilledAt = nanos;
    if (nanos < outageEnds || hot.filter(record.conversation()::equals).isPresent()) {
      return false;
    }
    if (tokens < unitsOfRecord) {
      return false;
    }
    tokens -= unitsOfRecord;
    return true;
  }
}
