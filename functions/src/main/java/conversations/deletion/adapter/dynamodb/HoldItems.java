package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldKey.OfConversation;
import conversations.deletion.domain.HoldKey.OfUser;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of holds.
 *
 * <table>
 * <caption>What its items are</caption>
 * <tr><th>{@code holdKey}</th><th>{@code itemKey}</th><th>what it is</th></tr>
 * <tr><td>the bot</td><td>{@code version}</td><td>how the bot's holds stand, in short</td></tr>
 * <tr><td>the bot</td><td>{@code hold#} and its id</td><td>a hold</td></tr>
 * <tr><td>the bot and a conversation, or a channel user</td><td>a hold's id</td>
 * <td>says that the hold is on it</td></tr>
 * </table>
 */
final class HoldItems {

  static final String HOLD_KEY = "holdKey";
  static final String ITEM_KEY = "itemKey";

  static final String VERSION = "version";
  static final String HOLDS = "holds";
  static final String USER_HOLDS = "userHolds";
  static final String OPEN_USER_HOLDS = "openUserHolds";
  static final String RELEASED_UNTIL = "releasedUntil";
  static final String USERS_RELEASED_UNTIL = "usersReleasedUntil";
  static final String OPEN_USERS_RELEASED_UNTIL = "openUsersReleasedUntil";

  /** Present on what says that a hold is on it, once that was released. */
  static final String UNTIL = "until";

  /** Sorts before {@link #CONFIDENTIAL}. */
  private static final String OPEN = "open#";

  private static final String CONFIDENTIAL = "secret#";

  private HoldItems() {}

  /** The key of how a bot's holds stand. */
  static Map<String, AttributeValue> versionKey(BotId bot) {
    return Map.of(HOLD_KEY, s(bot.value()), ITEM_KEY, s(VERSION));
  }

  static HoldsOfBot readHoldsOfBot(Map<String, AttributeValue> item) {
    return new HoldsOfBot(
        findNumber(item, VERSION).orElse(0L),
        standing(item, HOLDS, RELEASED_UNTIL),
        standing(item, USER_HOLDS, USERS_RELEASED_UNTIL),
        standing(item, OPEN_USER_HOLDS, OPEN_USERS_RELEASED_UNTIL));
  }

  private static Standing standing(
      Map<String, AttributeValue> item, String count, String releasedUntil) {
    return new Standing(
        findNumber(item, count).orElse(0L), findInstant(item, releasedUntil).orElse(Instant.EPOCH));
  }

  /** What the holds on a conversation, or a channel user, are found by. Neither id has a '#'. */
  static String partition(BotId bot, HoldKey key) {
    return switch (key) {
      case OfConversation(ConversationId conversation) -> bot + "#c#" + conversation;
      case OfUser(ChannelUserTag(long bits)) -> bot + "#u#" + HexFormat.of().toHexDigits(bits);
    };
  }

  /** The key of what says that a hold is on a conversation or a channel user. */
  static Map<String, AttributeValue> key(
      BotId bot, HoldKey key, HoldId hold, boolean isConfidential) {
    String kind = isConfidential ? CONFIDENTIAL : OPEN;
    return Map.of(HOLD_KEY, s(partition(bot, key)), ITEM_KEY, s(kind + hold));
  }

  static StandingHold readStanding(Map<String, AttributeValue> item) {
    String key = string(item, ITEM_KEY);
    return new StandingHold(
        new HoldId(key.substring(key.indexOf('#') + 1)),
        key.startsWith(CONFIDENTIAL),
        findInstant(item, UNTIL));
  }
}
