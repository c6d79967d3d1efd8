package conversations.deletion.bench;

import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The conversations of a channel user.
 *
 * @param name for people
 * @param conversations how many
 * @param recordsOf how many records the n-th has, including its session header
 * @param sizeOf how many bytes the n-th record of each has
 */
record Shape(String name, int conversations, IntUnaryOperator recordsOf, IntUnaryOperator sizeOf) {

  static final int KB = 1024;

  private static final int PAGE_BYTES = 1024 * 1024;
  private static final int READ_UNIT = 4096;
  private static final int BATCH = 25;

  /** The bytes of an index entry: its keys and their names. */
  private static final int INDEX_ENTRY_BYTES = 222;

  private static final int SMALLEST = 3;
  private static final int LARGEST = 40;

  /** Conversations of the same number of records of 1 KB. */
  static Shape of(int conversations, int recordsEach) {
    return new Shape(
        conversations == 1
            ? "1 conversation of %,d records".formatted(recordsEach)
            : "%,d conversations of %,d records".formatted(conversations, recordsEach),
        conversations,
        _ -> recordsEach,
        _ -> KB);
  }

  /** Many small conversations, of 3 to 40 records. */
  static Shape small(int conversations) {
    int[] records = new Random(5).ints(conversations, SMALLEST, LARGEST + 1).toArray();
    return new Shape(
        "%,d conversations of %d to %d records".formatted(conversations, SMALLEST, LARGEST),
        conversations,
        n -> records[n],
        _ -> KB);
  }

  /** The same with records of so many bytes. */
  Shape withRecordsOf(int bytes) {
    return new Shape(name, conversations, recordsOf, _ -> bytes);
  }

  /** The same with records of 200 to 4,000 bytes. */
  Shape ofDifferentSizes() {
    return new Shape(name, conversations, recordsOf, record -> 200 + record * 677 % 3_800);
  }

  SampleUser addTo(RecordsTable records) {
    return records.add(conversations, recordsOf, sizeOf);
  }

  long records() {
    return IntStream.range(0, conversations).map(recordsOf).asLongStream().sum();
  }

  /** The number of records of its largest conversation. */
  int largest() {
    return IntStream.range(0, conversations).map(recordsOf).max().orElse(0);
  }

  /** The fewest requests that can delete all of it. */
  long batches() {
    return Math.ceilDiv(records(), BATCH);
  }

  /**
   * The least reads that it needs: each record once, with eventual consistency; two consistent
   * looks at each conversation; the index twice.
   */
  Reads leastReads() {
    Reads reads = indexPages().plus(new Reads(1, 0.5));
    for (int i = 0; i < conversations; i++) {
      reads = reads.plus(firstLook(recordsOf.applyAsInt(i))).plus(new Reads(2, 2));
    }
    return reads;
  }

  /**
   * The least reads that a preview of it needs: each record once, with strong consistency, in pages
   * of 1 MB; the index once, in such pages too.
   */
  Reads leastPreviewReads() {
    Reads reads = indexPages();
    for (int i = 0; i < conversations; i++) {
      Reads each = firstLook(recordsOf.applyAsInt(i));
      reads = reads.plus(new Reads(each.pages(), 2 * each.units()));
    }
    return reads;
  }

  /** The index once, in pages of 1 MB. */
  private Reads indexPages() {
    long bytes = (long) conversations * INDEX_ENTRY_BYTES;
    return new Reads(Math.ceilDiv(bytes, PAGE_BYTES), Math.ceilDiv(bytes, READ_UNIT) / 2.0);
  }

  private Reads firstLook(int records) {
    Reads reads = new Reads(0, 0);
    int bytes = 0;
    for (int record = 0; record < records; record++) {
      int size = sizeOf.applyAsInt(record);
      if (bytes + size > PAGE_BYTES) {
        reads = reads.plus(new Reads(1, Math.ceilDiv(bytes, READ_UNIT) / 2.0));
        bytes = 0;
      }
      bytes += size;
    }
    return reads.plus(new Reads(1, Math.ceilDiv(bytes, READ_UNIT) / 2.0));
  }

  /**
   * What reads cost.
   *
   * @param pages requests
   * @param units read units
   */
  record Reads(long pages, double units) {

    Reads plus(Reads other) {
      return new Reads(pages + other.pages, units + other.units);
    }
  }
}
