package conversations.deletion.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.RecordsSample;
import conversations.deletion.adapter.dynamodb.RecordsSampling;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.local.PlatformTable;
import conversations.deletion.local.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds, reads and deletes conversations in tables as public examples have them. */
class PlatformShapesIT {

  private static final Instant START = Instant.parse("2026-05-04T09:30:00.250Z");
  private static final BotId BOT = new BotId(PlatformShape.BOT);
  private static final ChannelUserId USER = new ChannelUserId("u-1");
  private static final ConversationId CONVERSATION = new ConversationId("c-1");

  @AutoClose private static final Stack stack = new Stack();

  @ParameterizedTest
  @EnumSource
  void aConversationIsFoundReadAndDeletedAndNothingElse(PlatformShape shape) {
    try (PlatformTable table = shape.create(stack.dynamoDb())) {
      table.write(shape.conversation("c-2", "u-2", START, 2));
      table.write(shape.conversation("before", "u-1", START.minus(Duration.ofDays(1)), 2));
      table.write(shape.conversation("after", "u-1", START.plus(Duration.ofDays(1)), 2));
      table.write(shape.conversation("c-1#x", "u-2", START, 2));
      Set<Map<String, AttributeValue>> others = new HashSet<>(table.items());
      table.write(shape.conversation("c-1", "u-1", START, 7));
      ConversationRecords records =
          new DynamoDbConversationRecords(
              new DynamoDbConversationReads(
                  stack.dynamoDb(), table.shape(), Set.of(), (_, _) -> {}),
              stack.dynamoDb(),
              table.shape(),
              new AwsOutages(),
              (_, _) -> {});

      RecordsSample sample = new RecordsSampling(stack.dynamoDb(), table.shape()).take();
      assertThat(sample.entries().ids()).isEqualTo(2);
      assertThat(sample.items().ids()).as("one has an odd id").isBetween(4, 5);
      assertThat(sample.items().example().orElseThrow())
          .satisfies(example -> assertThat(example.made()).isEqualTo(example.key()));

      for (int limit : List.of(1, 2, 100)) {
        assertThat(found(records, BOT, false, limit)).containsExactly("c-1");
        assertThat(found(records, BOT, true, limit)).containsExactly("c-1", "1 before");
        assertThat(found(records, new BotId("st-2"), false, limit)).isEmpty();
        assertThat(read(records, new BotId("st-2"), limit)).isEmpty();
        List<RecordHead> read = read(records, BOT, limit);
        assertThat(read).hasSize(8);
        assertThat(read).extracting(head -> head.createdAt().isPresent()).containsOnly(true);
        assertThat(read)
            .filteredOn(RecordHead::isSessionHeader)
            .singleElement()
            .satisfies(
                head -> {
                  assertThat(head.header().orElseThrow().startedAt()).contains(START);
                  assertThat(head.header().orElseThrow().channelUser()).contains(USER);
                });
      }

      List<RecordId> all =
          read(records, BOT, 100).stream()
              .map(head -> new RecordId(BOT, CONVERSATION, head.recordKey()))
              .toList();
      assertThat(records.delete(all).unprocessed()).isEmpty();
      assertThat(new HashSet<>(table.items())).isEqualTo(others);
    }
  }

  private static List<String> found(
      ConversationRecords records, BotId bot, boolean hasDefaultStart, int limit) {
    DateRange range = new DateRange(START.minusSeconds(1), START.plusSeconds(1));
    List<String> found = new ArrayList<>();
    int before = 0;
    Optional<IndexPosition> after = Optional.empty();
    do {
      IndexPage page =
          records.find(
              bot, new ChannelUserConversations(USER, range, hasDefaultStart), after, limit);
      page.conversations().forEach(one -> found.add(one.conversation().value()));
      before += page.before();
      after = page.next();
    } while (after.isPresent());
    if (hasDefaultStart) {
      found.add(before + " before");
    }
    return found;
  }

  private static List<RecordHead> read(ConversationRecords records, BotId bot, int limit) {
    List<RecordHead> read = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      RecordPage page = records.read(bot, CONVERSATION, after, limit, Consistency.STRONG);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
      read.addAll(page.records());
      after = page.next();
    } while (after.isPresent());
    return read;
  }
}
