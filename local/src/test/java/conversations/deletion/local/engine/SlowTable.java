package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on a table with few write units a second. It saves up what was not used in the last five
 * minutes, as DynamoDB does. A delete takes five milliseconds. The platform may write as well.
 */
final class SlowTable extends RecordsDecorator {

  static final double UNITS_A_SECOND = 25;
  static final double MOST_SAVED = 300 * UNITS_A_SECOND;
  private static final Duration ROUND_TRIP = Duration.ofMillis(5);

  private final TestTime time;
  private final double unitsOfRecord;
  private final double platformShare;
  private double saved;
  private long savedAt;
  private double nextWriteIn;
  private long outageBegins = Long.MAX_VALUE;
  private long outageEnds = Long.MAX_VALUE;
  private double taken;
  private double refused;
  private boolean isKnown;
  private double writesAsked;
  private double writesTaken;
  private long firstTakenAfterOutage;

  /**
   * @param unitsOfRecord how many units it takes to delete a record
   * @param saved how many units are saved up at the beginning
   * @param platformShare how much of the table the platform asks for, in writes of one unit
   */
  SlowTable(
      ConversationRecords real,
      TestTime time,
      double unitsOfRecord,
      double saved,
      double platformShare) {
    super(real);
    this.time = time;
    this.unitsOfRecord = unitsOfRecord;
    this.saved = saved;
    this.platformShare = platformShare;
    this.savedAt = time.getAsLong();
    this.nextWriteIn = secondsBetweenWrites();
  }

  /** From a moment on, counted from now, it takes no deletes for some time. */
  void takesNothing(Duration from, Duration until) {
    outageBegins = time.getAsLong() + from.toNanos();
    outageEnds = time.getAsLong() + until.toNanos();
  }

  double unitsTaken() {
    return taken;
  }

  /** The units that were asked for in vain, but for the first request, when nothing is known. */
  double unitsRefused() {
    return refused;
  }

  /** The part of the platform's writes that the table took. */
  double shareOfWritesTaken() {
    return writesTaken / writesAsked;
  }

  /** How long after the outage a record was deleted again. */
  Duration idleAfterOutage() {
    return Duration.ofNanos(firstTakenAfterOutage - outageEnds);
  }

  @Override
  public synchronized DeleteAnswer delete(List<RecordId> records) {
    letTimePass();
    List<RecordId> some = new ArrayList<>();
    List<RecordId> left = new ArrayList<>();
    for (RecordId record : records) {
      (takesOne() ? some : left).add(record);
    }
    if (!some.isEmpty()) {
      left.addAll(super.delete(some).unprocessed());
    }
    isKnown = true;
    time.advance(ROUND_TRIP);
    return new DeleteAnswer(left, some.size() * unitsOfRecord);
  }

  private boolean takesOne() {
    long now = time.getAsLong();
    boolean isOut = now >= outageBegins && now < outageEnds;
    if (isOut || saved < unitsOfRecord) {
      refused += isKnown ? unitsOfRecord : 0;
      return false;
    }
    saved -= unitsOfRecord;
    taken += unitsOfRecord;
    if (now >= outageEnds && firstTakenAfterOutage == 0) {
      firstTakenAfterOutage = now;
    }
    return true;
  }

  /** Saves up units, and lets the platform make the writes that are due meanwhile. */
  private void letTimePass() {
    long now = time.getAsLong();
    double seconds = (now - savedAt) / 1e9;
    savedAt = now;
    while (seconds >= nextWriteIn) {
      save(nextWriteIn);
      seconds -= nextWriteIn;
      nextWriteIn = secondsBetweenWrites();
      writesAsked++;
      if (saved >= 1) {
        saved--;
        writesTaken++;
      }
    }
    save(seconds);
    nextWriteIn -= seconds;
  }

  private void save(double seconds) {
    saved = Math.min(MOST_SAVED, saved + seconds * UNITS_A_SECOND);
  }

  private double secondsBetweenWrites() {
    return platformShare == 0 ? Double.MAX_VALUE : 1 / (platformShare * UNITS_A_SECOND);
  }
}
