package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.local.RecordItem;
import conversations.deletion.local.Stack;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.sample.CensusComparison;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A bot platform with one bot. It writes the bot's conversations, and shows what is left of them.
 */
final class Platform {

  private static final String RECORDS = "ConversationRecordsTable";
  private static final String HEADER = "SESSION";

  final ChannelUserId user = new ChannelUserId("u-" + UUID.randomUUID());

  private final Stack stack;
  private final InstantSource clock;
  private BotId bot;
  private int nextConversation;

  Platform(Stack stack, InstantSource clock) {
    this.stack = stack;
    this.clock = clock;
    anotherBot();
  }

  BotId bot() {
    return bot;
  }

  /** Continues with another bot, about which nothing is known yet. */
  void anotherBot() {
    anotherBot(new BotId("st-" + UUID.randomUUID()), "Test bot");
  }

  void anotherBot(BotId id, String name) {
    bot = id;
    stack
        .dynamoDb()
        .putItem(
            request ->
                request
                    .tableName(stack.table("BotsTable"))
                    .item(
                        Map.of(
                            "botId", s(bot.value()),
                            "name", s(name),
                            "ownerEmail", s("owner@bots.example"),
                            "createdAt", s("2020-01-01T00:00:00.000Z"))));
  }

  /** Gives the bot's owner another address. */
  void ownerEmail(String address) {
    stack
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(stack.table("BotsTable"))
                    .key(Map.of("botId", s(bot.value())))
                    .updateExpression("SET ownerEmail = :address")
                    .expressionAttributeValues(Map.of(":address", s(address))));
  }

  /** Registers the client app that submits the jobs. */
  void clientApp(ClientAppId id, String name) {
    stack
        .dynamoDb()
        .putItem(
            request ->
                request
                    .tableName(stack.table("ClientAppsTable"))
                    .item(Map.of("appId", s(id.value()), "name", s(name))));
  }

  /** Writes a conversation of the channel user that has been idle for long; returns its id. */
  ConversationId conversation(int recordCount) {
    return conversation(user, clock.instant().minus(Duration.ofDays(1)), recordCount);
  }

  ConversationId conversation(ChannelUserId of, Instant startedAt, int recordCount) {
    ConversationId id =
        new ConversationId("%024x".formatted(0x69eb0000000000L + ++nextConversation));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    items.add(
        RecordItem.of(
            bot,
            id,
            new RecordHead(
                HEADER,
                Optional.of(startedAt),
                Optional.of(new SessionHeader(Optional.of(of), Optional.of(startedAt))))));
    IntStream.range(1, recordCount).forEach(i -> items.add(message(id, startedAt, i)));
    put(items);
    return id;
  }

  private Map<String, AttributeValue> message(ConversationId id, Instant startedAt, int number) {
    Instant createdAt = startedAt.plusSeconds(number % 60);
    String type = number % 2 == 0 ? "MESSAGE" : "TAG";
    return item(id, "%s#%s#%05d".formatted(type, createdAt, number), createdAt);
  }

  /** Appends a record to a conversation. */
  void append(ConversationId id, String recordKey, Instant createdAt) {
    put(List.of(item(id, recordKey, createdAt)));
  }

  private Map<String, AttributeValue> item(ConversationId id, String recordKey, Instant createdAt) {
    return RecordItem.of(
        bot, id, new RecordHead(recordKey, Optional.of(createdAt), Optional.empty()));
  }

  /** Writes a header that has this text as its start. */
  void headerByHand(String conversationId, String startedAt) {
    headerByHand(bot, conversationId, startedAt);
  }

  /**
   * As before, but in a conversation of another bot, which the index names as one of this bot's.
   */
  void headerByHand(BotId ofBot, String conversationId, String startedAt) {
    SessionHeader header = new SessionHeader(Optional.of(user), Optional.empty());
    Map<String, AttributeValue> item =
        RecordItem.of(
            ofBot,
            new ConversationId(conversationId),
            new RecordHead(HEADER, Optional.empty(), Optional.of(header)));
    item.put("startedAt", s(startedAt));
    item.put("channelUserKey", s(bot + "#" + user));
    put(List.of(item));
  }

  /** Writes a header of the channel user under a key that tells no conversation. */
  void headerUnderKey(String conversationKey, String startedAt) {
    put(
        List.of(
            Map.of(
                "conversationKey", s(conversationKey),
                "recordKey", s(HEADER),
                "botId", s(bot.value()),
                "conversationId", s(conversationKey),
                "recordType", s("SESSION"),
                "channelUserKey", s(bot + "#" + user),
                "startedAt", s(startedAt))));
  }

  /** Writes a header that has this text as its start, and was made at this moment. */
  void headerByHand(ConversationId id, String startedAt, Instant createdAt) {
    SessionHeader header = new SessionHeader(Optional.of(user), Optional.empty());
    Map<String, AttributeValue> item =
        RecordItem.of(bot, id, new RecordHead(HEADER, Optional.of(createdAt), Optional.of(header)));
    item.put("startedAt", s(startedAt));
    put(List.of(item));
  }

  /** Writes a record that has this as the moment at which it was made; absent if it has none. */
  void recordByHand(ConversationId id, String recordKey, Optional<AttributeValue> createdAt) {
    Map<String, AttributeValue> item =
        RecordItem.of(bot, id, new RecordHead(recordKey, Optional.empty(), Optional.empty()));
    createdAt.ifPresent(made -> item.put("createdAt", made));
    put(List.of(item));
  }

  /** Writes the channel user with this as the moment of its creation. */
  void createUser(AttributeValue createdAt) {
    stack
        .dynamoDb()
        .putItem(
            request ->
                request
                    .tableName(stack.table("ChannelUsersTable"))
                    .item(
                        Map.of(
                            "botId", s(bot.value()),
                            "cId", s(user.value()),
                            "createdAt", createdAt)));
  }

  /** Makes a header name another channel user than the index does. */
  void changeHeaderUser(ConversationId id, ChannelUserId to) {
    stack
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(stack.table(RECORDS))
                    .key(Map.of("conversationKey", s(key(id)), "recordKey", s(HEADER)))
                    .updateExpression("SET cId = :to")
                    .expressionAttributeValues(Map.of(":to", s(to.value()))));
  }

  /** Drops all records of all bots. */
  void dropRecords() {
    write(
        stack.items(RECORDS).stream()
            .map(
                item ->
                    Map.of(
                        "conversationKey", item.get("conversationKey"),
                        "recordKey", item.get("recordKey")))
            .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
            .toList());
  }

  private void put(List<Map<String, AttributeValue>> items) {
    write(
        items.stream()
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList());
  }

  private void write(List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += ConversationRecords.MAX_BATCH) {
      List<WriteRequest> batch =
          writes.subList(from, Math.min(writes.size(), from + ConversationRecords.MAX_BATCH));
      stack
          .dynamoDb()
          .batchWriteItem(request -> request.requestItems(Map.of(stack.table(RECORDS), batch)));
    }
  }

  /** The key of a conversation of the bot, as the census has it. */
  String key(ConversationId id) {
    return bot + "#" + id;
  }

  Census census() {
    return Census.take(stack.dynamoDb(), stack.table(RECORDS));
  }

  /** Fails unless these conversations are gone and everything else is as before. */
  void assertExactly(Census before, ConversationId... gone) {
    CensusComparison comparison = before.compare(census(), Stream.of(gone).map(this::key).toList());
    assertThat(comparison.differences()).as(comparison.report()).isEmpty();
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }
}
