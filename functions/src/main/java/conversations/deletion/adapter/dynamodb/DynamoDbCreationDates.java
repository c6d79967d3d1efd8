package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.CreationDates;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads the tables of bots and of channel users in one request. */
public final class DynamoDbCreationDates implements CreationDates {

  private static final String CREATED_AT = "createdAt";

  private final DynamoDbClient dynamoDb;
  private final String botsTable;
  private final String channelUsersTable;

  public DynamoDbCreationDates(
      DynamoDbClient dynamoDb, String botsTable, String channelUsersTable) {
    this.dynamoDb = dynamoDb;
    this.botsTable = botsTable;
    this.channelUsersTable = channelUsersTable;
  }

  @Override
  public Creation laterOf(BotId bot, ChannelUserId channelUser) {
    Optional<Instant> later = Optional.empty();
    int unreadable = 0;
    for (Map<String, AttributeValue> item : read(bot, channelUser)) {
      Optional<Instant> created = findInstant(item, CREATED_AT);
      if (created.isPresent() && later.filter(created.get()::isBefore).isEmpty()) {
        later = created;
      } else if (created.isEmpty() && item.containsKey(CREATED_AT)) {
        unreadable++;
      }
    }
    return new Creation(later, unreadable);
  }

  private List<Map<String, AttributeValue>> read(BotId bot, ChannelUserId channelUser) {
    return BatchReads.read(
        dynamoDb,
        Map.of(
            botsTable,
            creationOf(Map.of("botId", s(bot.value()))),
            channelUsersTable,
            creationOf(Map.of("botId", s(bot.value()), "cId", s(channelUser.value())))));
  }

  private static KeysAndAttributes creationOf(Map<String, AttributeValue> key) {
    return KeysAndAttributes.builder().keys(List.of(key)).projectionExpression(CREATED_AT).build();
  }
}
