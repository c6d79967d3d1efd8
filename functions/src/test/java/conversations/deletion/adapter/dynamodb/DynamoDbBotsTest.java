package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.testing.RecordedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class DynamoDbBotsTest {

  private static final BotId BOT = new BotId("st-1");

  private final RecordedLog log = new RecordedLog();
  private final Map<String, AttributeValue> item = new HashMap<>(Map.of("botId", s("st-1")));

  private Optional<Bot> find() {
    return new DynamoDbBots(
            new StubDynamoDb() {
              @Override
              public GetItemResponse getItem(GetItemRequest request) {
                return GetItemResponse.builder().item(item).build();
              }
            },
            "Bots",
            log)
        .find(BOT);
  }

  @Test
  void areReadWithTheirNameAndTheirOwnersAddress() {
    item.put("name", s("Shop"));
    item.put("ownerEmail", s("owner@bots.example"));

    assertThat(find())
        .contains(new Bot(BOT, Optional.of("Shop"), Optional.of("owner@bots.example")));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void mayHaveNeither() {
    assertThat(find()).contains(new Bot(BOT, Optional.empty(), Optional.empty()));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void haveWhatCannotBeReadLeftOutAndToldToOperators() {
    item.put("name", n(7));
    item.put("ownerEmail", bool(true));

    assertThat(find()).contains(new Bot(BOT, Optional.empty(), Optional.empty()));
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("bot_unfit");
              assertThat(line.fields())
                  .isEqualTo(
                      Map.of(
                          "botId",
                          "st-1",
                          "faults",
                          List.of("name: of type N, not S", "ownerEmail: of type BOOL, not S")));
            });
  }
}
