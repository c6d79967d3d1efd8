package conversations.deletion.client.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Random;

/**
 * A sample conversation: its bot, its channel user, its start, the number of its records with the
 * session header, and the seed of its contents.
 *
 * <p>Every tenth seed (1, 11, 21 ...) makes a conversation with one record of more than 100 KB.
 */
public record SampleConversation(
    String botId, String cId, Instant startedAt, int records, long seed) {

  public SampleConversation {
    Objects.requireNonNull(botId, "botId");
    Objects.requireNonNull(cId, "cId");
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    if (records < 1) {
      throw new IllegalArgumentException("A conversation has at least its session header.");
    }
  }

  /**
   * A conversation of a realistic length: mostly a few dozen records, seldom several hundred. It
   * has 3 to 200 messages.
   */
  public static SampleConversation ofUsualLength(
      String botId, String cId, Instant startedAt, long seed) {
    double length =
        Math.exp(new Random(seed * 0x9E3779B97F4A7C15L).nextGaussian() * 0.9 + Math.log(36));
    return new SampleConversation(
        botId, cId, startedAt, Math.clamp(Math.round(length), 12, 340), seed);
  }

  public String conversationId() {
    return SampleIds.conversationId(startedAt, random("id"));
  }

  /** The partition key of the conversation's records. */
  public String conversationKey() {
    return botId + "#" + conversationId();
  }

  boolean hasVeryLargeRecord() {
    return Math.floorMod(seed, 10) == 1;
  }

  /** A source of randomness for one purpose that depends on nothing but this conversation. */
  Random random(String purpose) {
    String text = String.join("|", botId, cId, startedAt.toString(), Long.toString(seed), purpose);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Random(ByteBuffer.wrap(hash).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
