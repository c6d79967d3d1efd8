package conversations.deletion.bench.stub;

import conversations.deletion.domain.Timestamps;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * A conversation that stores only which of its records are there. The last record, in the order of
 * keys, is its session header. Guarded by its own monitor.
 */
final class SampleConversation {

  static final String SESSION = "SESSION";

  private static final int DIGITS = 7;

  final int number;
  final SampleUser user;
  final int records;
  private final IntUnaryOperator sizeOf;
  private final BitSet gone;
  private final BitSet sent;
  private int readUpTo;

  /**
   * @param sizeOf the size in bytes of the record with this number
   */
  SampleConversation(int number, SampleUser user, int records, IntUnaryOperator sizeOf) {
    this.number = number;
    this.user = user;
    this.records = records;
    this.sizeOf = sizeOf;
    this.gone = new BitSet(records);
    this.sent = new BitSet(records);
  }

  int header() {
    return records - 1;
  }

  boolean isThere(int record) {
    return record >= 0 && record < records && !gone.get(record);
  }

  /** The first record that is there from this number on; {@link #records} if there is none. */
  int nextFrom(int record) {
    return Math.min(records, gone.nextClearBit(record));
  }

  boolean isInWork() {
    return readUpTo > 0 && isThere(header());
  }

  int left() {
    return records - gone.cardinality();
  }

  int bytes(int record) {
    return sizeOf.applyAsInt(record);
  }

  int writeUnits(int record) {
    return isThere(record) ? Math.ceilDiv(bytes(record), 1024) : 1;
  }

  void delete(int record) {
    gone.set(record);
  }

  /** Notes that a delete of the record takes effect; tells whether one did before. */
  boolean noteDelete(int record) {
    boolean again = sent.get(record);
    sent.set(record);
    return again;
  }

  /**
   * Notes that records up to this number were read; returns the number up to which they had been
   * read before.
   */
  int noteRead(int upTo) {
    int before = readUpTo;
    readUpTo = Math.max(readUpTo, upTo);
    return before;
  }

  String startedAt() {
    return Timestamps.format(SampleUser.FIRST_START.plusSeconds(number));
  }

  /** The beginning of the keys of all its records but the header. */
  static String keyPrefix(String startedAt) {
    return startedAt + "#MESSAGE#";
  }

  String recordKey(int record, String keyPrefix) {
    if (record == header()) {
      return SESSION;
    }
    String digits = Integer.toString(record);
    return keyPrefix + "0".repeat(DIGITS - digits.length()) + digits;
  }

  int recordOf(String recordKey) {
    if (recordKey.equals(SESSION)) {
      return header();
    }
    int length = recordKey.length();
    return Integer.parseInt(recordKey, length - DIGITS, length, 10);
  }
}
