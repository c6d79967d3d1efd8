package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.RequestHistories.Versioned;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RequestHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

class DynamoDbRequestHistoriesTest {

  private static final String BOT = "st-9e5eb7ef-32a5-52c5-9965-c8bb2dcfad64";
  private static final Budget BUDGET = Budget.of(Budget.Kind.REQUESTS, new BotId(BOT));
  private static final ClientAppId APP = new ClientAppId("9e5eb7ef-32a5-52c5-9965-c8bb2dcfad64");
  private static final Instant NOW = Instant.parse("2026-05-08T12:00:00.000Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Map<String, AttributeValue> item = new HashMap<>();
  private boolean isReplacedMeanwhile;

  private final DynamoDbRequestHistories histories =
      new DynamoDbRequestHistories(
          new StubDynamoDb() {
            @Override
            public GetItemResponse getItem(GetItemRequest request) {
              assertThat(request.consistentRead()).isTrue();
              assertThat(request.overrideConfiguration().orElseThrow().apiCallTimeout())
                  .contains(TIMEOUT);
              return GetItemResponse.builder().item(item.isEmpty() ? null : item).build();
            }

            @Override
            public PutItemResponse putItem(PutItemRequest request) {
              assertThat(request.overrideConfiguration().orElseThrow().apiCallTimeout())
                  .contains(TIMEOUT);
              assertThat(request.conditionExpression())
                  .isEqualTo(item.isEmpty() ? "attribute_not_exists(botId)" : "version = :seen");
              if (isReplacedMeanwhile) {
                throw ConditionalCheckFailedException.builder().build();
              }
              item.putAll(request.item());
              return PutItemResponse.builder().build();
            }
          },
          "RateLimits",
          TIMEOUT,
          InstantSource.fixed(NOW));

  @Test
  void nothingIsKnownOfABotWithoutRequests() {
    assertThat(histories.find(BUDGET)).isEqualTo(new Versioned(RequestHistory.NONE, 0));
  }

  @Test
  void whatWasRememberedIsFound() {
    RequestHistory history = accept(RequestHistory.NONE, NOW);

    assertThat(histories.replace(BUDGET, histories.find(BUDGET), history)).isTrue();
    assertThat(histories.find(BUDGET)).isEqualTo(new Versioned(history, 1));
    RequestHistory next = accept(history, NOW.plusMillis(1234));
    assertThat(histories.replace(BUDGET, histories.find(BUDGET), next)).isTrue();
    assertThat(histories.find(BUDGET)).isEqualTo(new Versioned(next, 2));
    assertThat(item.get("expiresAt").n())
        .isEqualTo(Long.toString(NOW.plus(Duration.ofHours(2)).getEpochSecond()));
  }

  @Test
  void whatSomebodyElseHasReplacedStays() {
    isReplacedMeanwhile = true;

    assertThat(histories.replace(BUDGET, histories.find(BUDGET), accept(RequestHistory.NONE, NOW)))
        .isFalse();
  }

  @Test
  void anItemThatCannotBeReadIsNoEmptyHistory() {
    histories.replace(BUDGET, histories.find(BUDGET), accept(RequestHistory.NONE, NOW));
    item.put("callers", AttributeValue.fromM(Map.of("app-1", AttributeValue.fromM(Map.of()))));

    assertThatThrownBy(() -> histories.find(BUDGET)).isInstanceOf(IllegalStateException.class);
  }

  /** A write of up to 1 KB costs one unit. That holds in the busiest hour at the default limits. */
  @Test
  void anItemAtTheDefaultLimitsCostsOneWriteUnit() {
    RequestHistory history = RequestHistory.NONE;
    for (int request = 0; request < 4000; request++) {
      history =
          history.decide(NOW.plusMillis(request * 1009L), new RateLimits(60, 1800), APP).history();
      if (request % 100 == 0) {
        histories.replace(BUDGET, histories.find(BUDGET), history);
        assertThat(bytes(item)).isLessThan(1024);
      }
    }
  }

  private static RequestHistory accept(RequestHistory history, Instant now) {
    return history.decide(now, new RateLimits(60, 1800), APP).history();
  }

  private static int bytes(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(
            attribute ->
                attribute.getKey().length()
                    + switch (attribute.getValue().type()) {
                      case B -> attribute.getValue().b().asByteArrayUnsafe().length;
                      case S -> attribute.getValue().s().length();
                      default -> 21;
                    })
        .sum();
  }
}
