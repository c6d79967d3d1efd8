package conversations.deletion.client.sample;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Makes ids of the forms that the platform uses. The same random source gives the same ids. */
public final class SampleIds {
  private static final HexFormat HEX = HexFormat.of();

  private SampleIds() {}

  public static String botId(Random random) {
    return "st-" + uuid(random);
  }

  public static String channelUserId(Random random) {
    return "u-" + uuid(random);
  }

  /** 24 hex digits that begin, as an ObjectId does, with the second of the start. */
  public static String conversationId(Instant startedAt, Random random) {
    return HEX.toHexDigits((int) startedAt.getEpochSecond()) + HEX.toHexDigits(random.nextLong());
  }

  static String uuid(Random random) {
    long high = random.nextLong() & ~0xF000L | 0x5000L;
    long low = random.nextLong() & ~(0xC0L << 56) | 0x80L << 56;
    return new UUID(high, low).toString();
  }
}
