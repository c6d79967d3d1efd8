package conversations.deletion.client.sample;

import static conversations.deletion.client.sample.Attributes.s;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Writes sample conversations and their channel users to the tables.
 *
 * <p>When a call returns, everything is written. When it throws, a part may be. Several threads may
 * share a writer.
 */
public final class SampleWriter implements Seeder {
  private final DynamoDbClient dynamoDb;
  private final String recordsTable;
  private final String channelUsersTable;
  private final InstantSource clock;
  private final AtomicLong nextSeed;
  private final UnaryOperator<Map<String, AttributeValue>> form;

  /**
   * Writes records as they are in this service's own table.
   *
   * @param firstSeed the seed of the first conversation that a {@link SeedRequest} asks for; later
   *     seeds count up from it
   */
  public SampleWriter(
      DynamoDbClient dynamoDb,
      String recordsTable,
      String channelUsersTable,
      InstantSource clock,
      long firstSeed) {
    this(dynamoDb, recordsTable, channelUsersTable, clock, firstSeed, UnaryOperator.identity());
  }

  /**
   * Writes records as a platform has them.
   *
   * @param form makes the platform's item of one of this service's own table
   */
  public SampleWriter(
      DynamoDbClient dynamoDb,
      String recordsTable,
      String channelUsersTable,
      InstantSource clock,
      long firstSeed,
      UnaryOperator<Map<String, AttributeValue>> form) {
    this.dynamoDb = dynamoDb;
    this.recordsTable = recordsTable;
    this.channelUsersTable = channelUsersTable;
    this.clock = clock;
    this.nextSeed = new AtomicLong(firstSeed);
    this.form = form;
  }

  /** All conversations begin at the moment that the request names. */
  @Override
  public List<String> seed(SeedRequest request) {
    List<SampleConversation> conversations =
        IntStream.range(0, request.conversations())
            .mapToObj(
                _ ->
                    new SampleConversation(
                        request.botId(),
                        request.cId(),
                        request.startedAt(),
                        request.recordsEach(),
                        nextSeed.getAndIncrement()))
            .toList();
    write(conversations);
    return conversations.stream().map(SampleConversation::conversationId).toList();
  }

  /**
   * Writes these conversations. A channel user who is new gets the start of the earliest of them as
   * creation date.
   */
  public void write(Collection<SampleConversation> conversations) {
    conversations.stream()
        .collect(
            Collectors.toMap(
                c -> List.of(c.botId(), c.cId()), SampleConversation::startedAt, SampleWriter::min))
        .forEach((user, since) -> putIfAbsent(user.getFirst(), user.getLast(), since));
    SampleConversations present = new SampleConversations(clock.instant());
    try (BatchWriter records = new BatchWriter(dynamoDb, recordsTable)) {
      conversations.stream()
          .flatMap(conversation -> present.items(conversation).stream())
          .map(form)
          .forEach(records::add);
      records.finish();
    }
  }

  private void putIfAbsent(String botId, String cId, Instant createdAt) {
    Map<String, AttributeValue> user = new TreeMap<>();
    user.put("botId", s(botId));
    user.put("cId", s(cId));
    user.put("createdAt", s(SampleConversations.timestamp(createdAt)));
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(channelUsersTable)
                  .item(user)
                  .conditionExpression("attribute_not_exists(botId)"));
    } catch (ConditionalCheckFailedException _) {
      // The channel user has been here before.
    }
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
