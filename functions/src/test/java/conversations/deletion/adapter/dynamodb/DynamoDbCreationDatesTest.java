package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

class DynamoDbCreationDatesTest {

  private static final String EARLY = "2024-01-01T00:00:00.000Z";
  private static final String LATE = "2025-06-01T12:00:00.000Z";

  private final List<Set<String>> tablesAsked = new ArrayList<>();
  private final Deque<BatchGetItemResponse> answers = new ArrayDeque<>();

  private final DynamoDbCreationDates creationDates =
      new DynamoDbCreationDates(
          new StubDynamoDb() {
            @Override
            public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
              tablesAsked.add(request.requestItems().keySet());
              return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            }
          },
          "Bots",
          "ChannelUsers");

  private Creation read() {
    return creationDates.laterOf(new BotId("st-1"), new ChannelUserId("u-1"));
  }

  private static Map<String, AttributeValue> created(String at) {
    return Map.of("createdAt", s(at));
  }

  private void answer(Map<String, List<Map<String, AttributeValue>>> items, String... unprocessed) {
    answers.add(
        BatchGetItemResponse.builder()
            .responses(items)
            .unprocessedKeys(
                List.of(unprocessed).stream()
                    .collect(
                        Collectors.toMap(
                            table -> table,
                            _ ->
                                KeysAndAttributes.builder()
                                    .keys(List.of(Map.of("botId", s("st-1"))))
                                    .build())))
            .build());
  }

  @Test
  void areReadInOneRequest() {
    answer(Map.of("Bots", List.of(created(EARLY)), "ChannelUsers", List.of(created(LATE))));

    assertThat(read()).isEqualTo(new Creation(Optional.of(Instant.parse(LATE)), 0));
    assertThat(tablesAsked).containsExactly(Set.of("Bots", "ChannelUsers"));
  }

  @Test
  void areComparedAsMomentsInWhateverFormTheyWereWritten() {
    answer(
        Map.of(
            "Bots",
            List.of(Map.of("createdAt", AttributeValue.fromN("1748779200"))),
            "ChannelUsers",
            List.of(created("2025-06-01 02:00:00.000001+14:00"))));

    assertThat(read()).isEqualTo(new Creation(Optional.of(Instant.parse(LATE)), 0));
  }

  @Test
  void mayBothBeUnknown() {
    answer(Map.of("Bots", List.of(Map.of("botId", s("st-1"))), "ChannelUsers", List.of()));

    assertThat(read()).isEqualTo(Creation.UNKNOWN);
  }

  @Test
  void areUnknownAndCountedWhereThePlatformWroteNoMoment() {
    answer(
        Map.of(
            "Bots", List.of(Map.of("createdAt", n(5))), "ChannelUsers", List.of(created("once"))));

    assertThat(read()).isEqualTo(new Creation(Optional.empty(), 2));
  }

  /** The SDK does not ask again for keys that DynamoDB left out. No emulator leaves keys out. */
  @Test
  void areAskedForAgainWhereDynamoDbLeftThemOut() {
    answer(Map.of("Bots", List.of(created(EARLY))), "ChannelUsers");
    answer(Map.of(), "ChannelUsers");
    answer(Map.of("ChannelUsers", List.of(created(LATE))));

    assertThat(read()).isEqualTo(new Creation(Optional.of(Instant.parse(LATE)), 0));
    assertThat(tablesAsked)
        .containsExactly(
            Set.of("Bots", "ChannelUsers"), Set.of("ChannelUsers"), Set.of("ChannelUsers"));
  }

  /** A default start that is too early would delete too much. */
  @Test
  void areNotGuessedWhereDynamoDbKeepsLeavingThemOut() {
    answer(Map.of("Bots", List.of(created(EARLY))), "ChannelUsers");

    assertThatThrownBy(this::read).isInstanceOf(SdkClientException.class);
    assertThat(tablesAsked).hasSize(4);
  }
}
