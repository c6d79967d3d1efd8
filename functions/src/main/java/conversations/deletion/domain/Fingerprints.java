package conversations.deletion.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * A set of records, or of attachments, of one conversation, each remembered by 64 bits of the
 * SHA-256 of its key.
 *
 * <p>After a crash, a count alone could not tell a planned record that is still there from one that
 * a writer has added since. With the fingerprints of the keys, the count of what was deleted stays
 * exact, at 8 bytes each.
 */
public final class Fingerprints {

  /** The empty set. */
  public static final Fingerprints NONE = new Fingerprints(new long[0]);

  private final long[] sorted;

  private Fingerprints(long[] sorted) {
    this.sorted = sorted;
  }

  /** The set of these keys. */
  public static Fingerprints of(Collection<String> keys) {
    if (keys.isEmpty()) {
      return NONE;
    }
    MessageDigest digest = Sha256.newDigest();
    return ofLongs(keys.stream().mapToLong(key -> fingerprint(key, digest)).toArray());
  }

  /**
   * The set that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not such a set
   */
  public static Fingerprints ofBytes(byte[] bytes) {
    if (bytes.length % Long.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are not a set of fingerprints");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return ofLongs(LongStream.generate(buffer::getLong).limit(bytes.length / Long.BYTES).toArray());
  }

  private static Fingerprints ofLongs(long[] fingerprints) {
    Arrays.sort(fingerprints);
    int distinct = 0;
    for (int i = 0; i < fingerprints.length; i++) {
      if (i == 0 || fingerprints[i] != fingerprints[distinct - 1]) {
        fingerprints[distinct++] = fingerprints[i];
      }
    }
    return new Fingerprints(
        distinct == fingerprints.length ? fingerprints : Arrays.copyOf(fingerprints, distinct));
  }

  /** The set as bytes, 8 for each key. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(sorted.length * Long.BYTES);
    buffer.asLongBuffer().put(sorted);
    return buffer.array();
  }

  public int size() {
    return sorted.length;
  }

  public boolean isEmpty() {
    return sorted.length == 0;
  }

  /** Tells whether a key is in the set. */
  public boolean has(String key) {
    return Arrays.binarySearch(sorted, fingerprint(key, Sha256.newDigest())) >= 0;
  }

  /** The keys that are in at least one of the two sets. */
  public Fingerprints plus(Fingerprints other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    long[] both = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
    System.arraycopy(other.sorted, 0, both, sorted.length, other.sorted.length);
    return ofLongs(both);
  }

  /** The keys that are in both sets. */
  public Fingerprints intersect(Fingerprints other) {
    if (isEmpty() || other.isEmpty()) {
      return NONE;
    }
    return new Fingerprints(
        Arrays.stream(sorted).filter(one -> Arrays.binarySearch(other.sorted, one) >= 0).toArray());
  }

  private static long fingerprint(String key, MessageDigest sha256) {
    return ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprints that && Arrays.equals(sorted, that.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return sorted.length + " keys";
  }
}
