package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.HoldItems.HOLD_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.ITEM_KEY;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.HoldsOfBot.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of the table of holds that tell in short how a bot's holds stand. */
final class HoldsOfBotItems {

  static final String VERSION = "version";
  static final String HOLDS = "holds";
  static final String USER_HOLDS = "userHolds";
  static final String OPEN_USER_HOLDS = "openUserHolds";

  private static final String RELEASED_UNTIL = "releasedUntil";
  private static final String USERS_RELEASED_UNTIL = "usersReleasedUntil";
  private static final String OPEN_USERS_RELEASED_UNTIL = "openUsersReleasedUntil";

  private HoldsOfBotItems() {}

  static Map<String, AttributeValue> key(BotId bot) {
    return Map.of(HOLD_KEY, s(bot.value()), ITEM_KEY, s(VERSION));
  }

  static Map<String, AttributeValue> write(BotId bot, HoldsOfBot holds) {
    Map<String, AttributeValue> item = new HashMap<>(key(bot));
    item.put(VERSION, n(holds.version()));
    write(item, holds.all(), HOLDS, RELEASED_UNTIL);
    write(item, holds.onUsers(), USER_HOLDS, USERS_RELEASED_UNTIL);
    write(item, holds.openOnUsers(), OPEN_USER_HOLDS, OPEN_USERS_RELEASED_UNTIL);
    return item;
  }

  private static void write(
      Map<String, AttributeValue> item, Standing some, String count, String releasedUntil) {
    item.put(count, n(some.count()));
    item.put(releasedUntil, s(some.releasedUntil()));
  }

  /**
   * How a bot's holds stand, of which there may never have been any.
   *
   * @throws IllegalStateException if that can't be read: then nothing may be deleted
   */
  static HoldsOfBot find(DynamoDbClient dynamoDb, String table, BotId bot) {
    return HoldItems.find(dynamoDb, table, key(bot))
        .map(HoldsOfBotItems::read)
        .orElse(HoldsOfBot.NONE);
  }

  private static HoldsOfBot read(Map<String, AttributeValue> item) {
    return new HoldsOfBot(
        number(item, VERSION),
        standing(item, HOLDS, RELEASED_UNTIL),
        standing(item, USER_HOLDS, USERS_RELEASED_UNTIL),
        standing(item, OPEN_USER_HOLDS, OPEN_USERS_RELEASED_UNTIL));
  }

  /** Before the first release, there is no moment. */
  private static Standing standing(
      Map<String, AttributeValue> item, String count, String releasedUntil) {
    return new Standing(
        number(item, count),
        item.containsKey(releasedUntil) ? instant(item, releasedUntil) : Instant.EPOCH);
  }
}
