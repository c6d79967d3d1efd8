package conversations.deletion.client.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SampleWriterTest {
  private static final Instant NOW = Instant.parse("2026-05-08T06:00:00Z");
  private static final Instant STARTED_AT = Instant.parse("2026-05-04T09:00:00Z");

  private final FakeTables tables = new FakeTables();
  private final SampleWriter writer =
      new SampleWriter(tables, "records", "channelUsers", () -> NOW, 0);

  @Test
  void seedsAsManyConversationsAndRecordsAsAskedForInFullBatches() {
    List<String> ids = writer.seed(new SeedRequest("st-1", "u-1", 7, 30, STARTED_AT));

    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
    assertThat(tables.records).hasSize(210);
    assertThat(tables.records.values())
        .extracting(item -> item.get("conversationId").s())
        .hasSameElementsAs(ids);
    assertThat(tables.batchSizes).hasSize(9).allMatch(size -> size <= 25);
  }

  @Test
  void theSameRequestTwiceMakesOtherConversations() {
    SeedRequest request = new SeedRequest("st-1", "u-1", 2, 5, STARTED_AT);

    assertThat(writer.seed(request)).doesNotContainAnyElementsOf(writer.seed(request));
  }

  @Test
  void itemsLeftUnprocessedArePutAgain() {
    tables.incompleteAnswers = 5;

    writer.seed(new SeedRequest("st-1", "u-1", 2, 60, STARTED_AT));

    assertThat(tables.records).hasSize(120);
    assertThat(tables.batchSizes).hasSize(10);
  }

  @Test
  void aFailedPutIsToldOf() {
    tables.broken = true;

    assertThatThrownBy(() -> writer.seed(new SeedRequest("st-1", "u-1", 1, 5, STARTED_AT)))
        .hasRootCauseMessage("No table today.");
  }

  @Test
  void aNewChannelUserCameWithTheEarliestConversation() {
    writer.write(
        List.of(
            new SampleConversation("st-1", "u-1", STARTED_AT.plusSeconds(60), 2, 1),
            new SampleConversation("st-1", "u-1", STARTED_AT, 2, 2),
            new SampleConversation("st-2", "u-1", STARTED_AT.plusSeconds(90), 2, 3)));

    assertThat(tables.channelUsers.values())
        .extracting(user -> user.get("createdAt").s())
        .containsExactly("2026-05-04T09:00:00.000Z", "2026-05-04T09:01:30.000Z");
  }

  @Test
  void aKnownChannelUserStaysAsItIs() {
    Map<String, AttributeValue> known = Map.of("createdAt", AttributeValue.fromS("before"));
    tables.channelUsers.put("st-1 u-1", known);

    writer.seed(new SeedRequest("st-1", "u-1", 1, 2, STARTED_AT));

    assertThat(tables.channelUsers).containsExactly(Map.entry("st-1 u-1", known));
  }
}
