package conversations.deletion.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of keys within a conversation: that of their UTF-8 bytes, as DynamoDB sorts record keys
 * and S3 the keys of objects. Java's own order of strings differs beyond the Basic Multilingual
 * Plane.
 */
public final class KeyOrder implements Comparator<String> {

  /** The order. */
  public static final KeyOrder INSTANCE = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
