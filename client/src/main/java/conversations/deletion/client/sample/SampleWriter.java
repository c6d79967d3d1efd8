package conversations.deletion.client.sample;

import static conversations.deletion.client.sample.Attributes.s;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Puts sample conversations into the tables, and the channel users who had them.
 *
 * <p>When a call returns, all is there; when it throws, some may be. A writer may be shared by
 * threads.
 */
public final class SampleWriter implements Seeder {
  private final DynamoDbClient dynamoDb;
  private final String recordsTable;
  private final String channelUsersTable;
  private final InstantSource clock;
  private final AtomicLong nextSeed;

  /** Conversations that are only counted by a {@link SeedRequest} get seeds from this one on. */
  public SampleWriter(
      DynamoDbClient dynamoDb,
      String recordsTable,
      String channelUsersTable,
      InstantSource clock,
      long firstSeed) {
    this.dynamoDb = dynamoDb;
    this.recordsTable = recordsTable;
    this.channelUsersTable = channelUsersTable;
    this.clock = clock;
    this.nextSeed = new AtomicLong(firstSeed);
  }

  /** They all begin at the moment that the request names. */
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

  /** A channel user who is not there yet came with the earliest of the conversations given. */
  public void write(Collection<SampleConversation> conversations) {
    conversations.stream()
        .collect(
            Collectors.toMap(
                c -> List.of(c.botId(), c.cId()), SampleConversation::startedAt, SampleWriter::min))
        .forEach((user, since) -> putIfAbsent(user.getFirst(), user.getLast(), since));
    SampleConversations present = new SampleConversations(clock.instant());
    try (BatchWriter records = new BatchWriter(dynamoDb, recordsTable)) {
      conversations.forEach(conversation -> present.items(conversation).forEach(records::add));
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
