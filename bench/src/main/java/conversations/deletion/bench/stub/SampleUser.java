package conversations.deletion.bench.stub;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A channel user and the conversations that were made up for it.
 *
 * @param number its number among the channel users
 * @param first the number of its first conversation
 * @param conversations how many it has; their numbers follow each other
 */
public record SampleUser(int number, int first, int conversations) {

  /** The bot of all channel users. */
  public static final String BOT_ID = "st-9e5eb7ef-32a5-52c5-9965-c8bb2dcfad64";

  /** When the first conversation of all began; each later one begins a second later. */
  public static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00.000Z");

  private static final String KEY_PREFIX = BOT_ID + "#";
  private static final String ID_PREFIX = "69eb0c87ec444445";
  private static final int HEX_DIGITS = 8;
  private static final int KEY_LENGTH = KEY_PREFIX.length() + ID_PREFIX.length() + HEX_DIGITS;

  public String cId() {
    return "u-" + hex(number) + "-82dc-5dd4-88dd-54ac52e0a1b2";
  }

  public List<String> conversationIds() {
    return IntStream.range(first, first + conversations).mapToObj(SampleUser::id).toList();
  }

  String channelUserKey() {
    return KEY_PREFIX + cId();
  }

  static String id(int conversation) {
    return ID_PREFIX + hex(conversation);
  }

  /** The partition key of a conversation's records. */
  public static String conversationKey(int conversation) {
    return KEY_PREFIX + id(conversation);
  }

  /** The number of the conversation with this partition key; -1 if there can be none. */
  static int numberOf(String conversationKey) {
    if (conversationKey.length() != KEY_LENGTH || !conversationKey.startsWith(KEY_PREFIX)) {
      return -1;
    }
    return Integer.parseUnsignedInt(conversationKey, KEY_LENGTH - HEX_DIGITS, KEY_LENGTH, 16);
  }

  /** The number of the channel user with this key of the index; -1 if there can be none. */
  static int userOf(String channelUserKey) {
    int start = KEY_PREFIX.length() + 2;
    return channelUserKey.startsWith(KEY_PREFIX + "u-")
        ? Integer.parseUnsignedInt(channelUserKey, start, start + HEX_DIGITS, 16)
        : -1;
  }

  private static String hex(int value) {
    String digits = Integer.toHexString(value);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }
}
