package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.list;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldKey.OfConversation;
import conversations.deletion.domain.HoldKey.OfUser;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.StandingHold;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of holds.
 *
 * <table>
 * <caption>What its items are</caption>
 * <tr><th>{@code holdKey}</th><th>{@code itemKey}</th><th>what it is</th></tr>
 * <tr><td>the bot</td><td>{@code version}</td><td>{@link HoldsOfBotItems}</td></tr>
 * <tr><td>the bot</td><td>{@code hold#} and its id</td><td>a hold</td></tr>
 * <tr><td>the bot and a conversation, or a channel user</td><td>a hold's id</td>
 * <td>says that the hold is on it</td></tr>
 * </table>
 *
 * <p>A hold of which something is still to be done is in the index {@link #HOLDS_TO_DO}: until its
 * release was seen through, and until its moment of review has passed and somebody was told.
 */
final class HoldItems {

  static final String HOLD_KEY = "holdKey";
  static final String ITEM_KEY = "itemKey";

  static final String HELD_FROM = "heldFrom";
  static final String RELEASED_AT = "releasedAt";
  static final String RELEASED_BY = "releasedBy";
  static final String HOLDS_UNTIL = "holdsUntil";

  /** DynamoDB's time to live. */
  static final String EXPIRES_AT = "expiresAt";

  /** The index of holds of which something is to be done. */
  static final String HOLDS_TO_DO = "HoldsToDo";

  /** The group of that index. */
  static final String TO_DO = "holds";

  /** What the item key of a hold begins with. */
  static final String HOLD = "hold#";

  private static final String CONVERSATION_IDS = "conversationIds";
  private static final String REASON = "reason";
  private static final String REVIEW_AT = "reviewAt";
  private static final String CONFIDENTIAL = "confidential";
  private static final String PLACED_AT = "placedAt";

  /** Present on what says that a hold is on it, once that was released. */
  private static final String UNTIL = "until";

  /** Sorts before {@link #SECRET}. */
  private static final String OPEN = "open#";

  private static final String SECRET = "secret#";

  /** What is on nothing any more is kept for a little, as clocks may differ. */
  private static final Duration KEPT = Duration.ofDays(1);

  private HoldItems() {}

  /** The key of a hold. */
  static Map<String, AttributeValue> key(BotId bot, HoldId hold) {
    return Map.of(HOLD_KEY, s(bot.value()), ITEM_KEY, s(HOLD + hold));
  }

  /** A hold that is being placed. */
  static Map<String, AttributeValue> write(Hold placed) {
    Map<String, AttributeValue> item = new HashMap<>(key(placed.bot(), placed.id()));
    HoldRequest request = placed.request();
    switch (request.target()) {
      case HeldConversations held ->
          item.put(CONVERSATION_IDS, list(held.ids().stream().map(id -> s(id.value())).toList()));
      case HeldChannelUser held -> item.put(JobAttributes.CHANNEL_USER_ID, s(held.user().value()));
    }
    item.put(REASON, s(request.reason().value()));
    item.put(CONFIDENTIAL, bool(request.isConfidential()));
    item.put(PLACED_AT, s(placed.placedAt()));
    item.put(JobAttributes.CLIENT_APP_ID, s(placed.placedBy().value()));
    request
        .reviewAt()
        .ifPresent(
            moment -> {
              item.put(REVIEW_AT, s(moment));
              item.put(OPEN_GROUP, s(TO_DO));
              item.put(SWEEP_AT, s(moment));
            });
    return item;
  }

  static Hold read(Map<String, AttributeValue> item) {
    return new Hold(
        new BotId(string(item, HOLD_KEY)),
        id(item),
        new HoldRequest(
            target(item),
            new HoldReason(string(item, REASON)),
            findInstant(item, REVIEW_AT),
            Boolean.TRUE.equals(item.get(CONFIDENTIAL).bool())),
        instant(item, PLACED_AT),
        new ClientAppId(string(item, JobAttributes.CLIENT_APP_ID)),
        findInstant(item, HELD_FROM),
        release(item));
  }

  private static HoldTarget target(Map<String, AttributeValue> item) {
    Optional<String> user = findString(item, JobAttributes.CHANNEL_USER_ID);
    return user.isPresent()
        ? new HeldChannelUser(new ChannelUserId(user.get()))
        : new HeldConversations(
            list(item, CONVERSATION_IDS).stream().map(id -> new ConversationId(id.s())).toList());
  }

  private static Optional<Release> release(Map<String, AttributeValue> item) {
    return item.containsKey(RELEASED_AT)
        ? Optional.of(
            new Release(
                instant(item, RELEASED_AT),
                new ClientAppId(string(item, RELEASED_BY)),
                instant(item, HOLDS_UNTIL)))
        : Optional.empty();
  }

  /** Finds an item, by a strongly consistent read. */
  static Optional<Map<String, AttributeValue>> find(
      DynamoDbClient dynamoDb, String table, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> item =
        dynamoDb.getItem(request -> request.tableName(table).key(key).consistentRead(true)).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(item);
  }

  /** The id in the item key, behind what tells the kind of the item. */
  static HoldId id(Map<String, AttributeValue> item) {
    String key = string(item, ITEM_KEY);
    return new HoldId(key.substring(key.indexOf('#') + 1));
  }

  /** What the holds on a conversation, or a channel user, are found by. Neither id has a '#'. */
  static String partition(BotId bot, HoldKey key) {
    return switch (key) {
      case OfConversation(ConversationId conversation) -> bot + "#c#" + conversation;
      case OfUser(ChannelUserTag(long bits)) -> bot + "#u#" + HexFormat.of().toHexDigits(bits);
    };
  }

  /** What says that a hold is on a conversation or a channel user. */
  static Map<String, AttributeValue> standing(Hold hold, HoldKey key) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(HOLD_KEY, s(partition(hold.bot(), key)));
    item.put(ITEM_KEY, s((hold.request().isConfidential() ? SECRET : OPEN) + hold.id()));
    hold.release()
        .map(Release::holdsUntil)
        .ifPresent(
            until -> {
              item.put(UNTIL, s(until));
              item.put(EXPIRES_AT, n(until.plus(KEPT).getEpochSecond()));
            });
    return item;
  }

  static StandingHold readStanding(Map<String, AttributeValue> item) {
    return new StandingHold(
        id(item),
        isConfidential(item),
        item.containsKey(UNTIL) ? Optional.of(instant(item, UNTIL)) : Optional.empty());
  }

  /** Its key says so, so that open ones come first. */
  static boolean isConfidential(Map<String, AttributeValue> item) {
    return string(item, ITEM_KEY).startsWith(SECRET);
  }
}
