package conversations.deletion.adapter.dynamodb;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes counts by slots of time in few bytes, and reads them back. Each slot has its distance from
 * the slot before, in slots, and its count. The first slot's distance is from 1970.
 *
 * <p>Both are numbers of 7 bits a byte, the lowest bits first; only the last byte is below 128 (as
 * in LEB128).
 */
final class SlotCoding {

  private static final int BITS = 7;
  private static final int CONTINUED = 1 << BITS;

  private SlotCoding() {}

  static byte[] encode(SortedMap<Instant, Integer> counts, Duration slot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long before = 0;
    for (Map.Entry<Instant, Integer> count : counts.entrySet()) {
      long number = count.getKey().toEpochMilli() / slot.toMillis();
      write(bytes, number - before);
      write(bytes, count.getValue());
      before = number;
    }
    return bytes.toByteArray();
  }

  /**
   * Reads counts.
   *
   * @throws IllegalStateException if the bytes are not such counts
   */
  static SortedMap<Instant, Integer> decode(byte[] encoded, Duration slot) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    SortedMap<Instant, Integer> counts = new TreeMap<>();
    long number = 0;
    try {
      while (bytes.hasRemaining()) {
        number += read(bytes);
        counts.put(
            Instant.ofEpochMilli(Math.multiplyExact(number, slot.toMillis())),
            Math.toIntExact(read(bytes)));
      }
    } catch (BufferUnderflowException | ArithmeticException e) {
      throw new IllegalStateException("counts by slots are unreadable", e);
    }
    return counts;
  }

  private static void write(ByteArrayOutputStream bytes, long number) {
    long rest = number;
    while (rest >= CONTINUED) {
      bytes.write((int) (rest % CONTINUED) | CONTINUED);
      rest >>>= BITS;
    }
    bytes.write((int) rest);
  }

  private static long read(ByteBuffer bytes) {
    long number = 0;
    int shift = 0;
    int next;
    do {
      next = bytes.get();
      number |= (long) (next & (CONTINUED - 1)) << shift;
      shift += BITS;
    } while (next < 0);
    return number;
  }
}
