package conversations.deletion.client.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SampleConversationsTest {
  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final Instant STARTED_AT = Instant.parse("2026-05-04T09:12:33.500Z");
  private static final String BOT = SampleIds.botId(new Random(1));
  private static final String CHANNEL_USER = SampleIds.channelUserId(new Random(2));

  private final SampleConversations conversations = new SampleConversations(NOW);

  @Test
  void sameConversationAndPresentGiveTheSameItems() {
    SampleConversation conversation = new SampleConversation(BOT, CHANNEL_USER, STARTED_AT, 120, 7);

    assertThat(conversations.items(conversation))
        .isEqualTo(new SampleConversations(NOW).items(conversation));
  }

  @Test
  void conversationsOfTwoBotsWithOneUserAndSeedDiffer() {
    SampleConversation one = new SampleConversation(BOT, CHANNEL_USER, STARTED_AT, 20, 7);
    SampleConversation other =
        new SampleConversation(SampleIds.botId(new Random(9)), CHANNEL_USER, STARTED_AT, 20, 7);

    assertThat(one.conversationId()).isNotEqualTo(other.conversationId());
  }

  @Test
  void idsHaveThePlatformsForms() {
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    assertThat(BOT).matches("st-" + uuid);
    assertThat(CHANNEL_USER).matches("u-" + uuid);
    assertThat(SampleIds.conversationId(STARTED_AT, new Random(3))).matches("69f8[0-9a-f]{20}");
  }

  @Test
  void aConversationHasAsManyRecordsAsAskedForAndEachItsOwnKey() {
    for (int records : new int[] {1, 2, 3, 25, 400, 12_000}) {
      List<Map<String, AttributeValue>> items = items(records, 3);

      assertThat(items).hasSize(records);
      assertThat(items).extracting(item -> item.get("recordKey").s()).doesNotHaveDuplicates();
    }
  }

  @Test
  void theSessionHeaderComesFirstAndIsTheOnlyItemOfTheIndex() {
    List<Map<String, AttributeValue>> items = items(80, 3);

    assertThat(items.getFirst())
        .containsEntry("recordKey", Attributes.s("SESSION"))
        .containsEntry("cId", Attributes.s(CHANNEL_USER))
        .containsEntry("startedAt", Attributes.s("2026-05-04T09:12:33.500Z"))
        .containsEntry("channelUserKey", Attributes.s(BOT + "#" + CHANNEL_USER))
        .containsKeys("channel", "language", "status", "agentTransfer");
    assertThat(items.subList(1, 80))
        .allSatisfy(item -> assertThat(item).doesNotContainKeys("channelUserKey", "cId"));
  }

  @Test
  void everyItemHasTheKeysOfTheRecordsTable() {
    SampleConversation conversation = new SampleConversation(BOT, CHANNEL_USER, STARTED_AT, 80, 3);

    assertThat(conversations.items(conversation))
        .allSatisfy(
            item -> {
              assertThat(item.get("botId").s()).isEqualTo(BOT);
              assertThat(item.get("conversationId").s()).isEqualTo(conversation.conversationId());
              assertThat(item.get("conversationKey").s()).isEqualTo(conversation.conversationKey());
              assertThat(item.get("createdAt").s())
                  .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
              assertThat(Long.parseLong(item.get("expiresAt").n()))
                  .isEqualTo(createdAt(item).plusSeconds(2557L * 24 * 3600).getEpochSecond());
              String type = item.get("recordType").s();
              if (!type.equals("SESSION")) {
                assertThat(item.get("recordKey").s())
                    .matches(type + "#" + item.get("createdAt").s() + "#\\d{4}");
              }
            });
  }

  @Test
  void recordsSpreadOverMinutesInTheOrderInWhichTheyWereCreated() {
    List<Instant> times = items(60, 3).stream().map(SampleConversationsTest::createdAt).toList();

    assertThat(times).isSorted();
    assertThat(times.getFirst()).isEqualTo(STARTED_AT);
    assertThat(Duration.between(STARTED_AT, times.getLast())).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void noRecordIsCreatedAfterThePresent() {
    Instant justNow = NOW.minusMillis(900);
    List<Map<String, AttributeValue>> items =
        conversations.items(new SampleConversation(BOT, CHANNEL_USER, justNow, 300, 3));

    assertThat(items).extracting(SampleConversationsTest::createdAt).allMatch(t -> !t.isAfter(NOW));
    assertThat(items).extracting(item -> item.get("recordKey").s()).doesNotHaveDuplicates();
  }

  @Test
  void aConversationOfTheFutureIsRefused() {
    SampleConversation conversation =
        new SampleConversation(BOT, CHANNEL_USER, NOW.plusMillis(1), 3, 3);

    assertThatThrownBy(() -> conversations.items(conversation))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conversationsOfUsualLengthHave3To200Messages() {
    List<Long> messages =
        usual()
            .map(items -> items.stream().filter(i -> type(i).equals("MESSAGE")).count())
            .toList();

    assertThat(messages).allMatch(count -> count >= 3 && count <= 200);
    assertThat(messages).anyMatch(count -> count < 10).anyMatch(count -> count > 120);
  }

  @Test
  void recordsAreOfAllTypesAndInAllLanguages() {
    Set<String> types = new HashSet<>();
    Set<String> languages = new HashSet<>();
    usual()
        .forEach(
            items -> {
              languages.add(items.getFirst().get("language").s());
              items.forEach(item -> types.add(type(item)));
            });

    assertThat(types)
        .containsExactlyInAnyOrder("SESSION", "MESSAGE", "TAG", "TASK_METRIC", "DEBUG_LOG");
    assertThat(languages)
        .containsExactlyInAnyOrder("en", "de", "es", "fr", "pt", "ja", "ar", "hi", "tr");
  }

  @Test
  void sizesSpreadAsInReality() {
    List<Integer> sizes =
        usual().flatMap(List::stream).map(SampleConversationsTest::size).sorted().toList();
    double all = sizes.size();

    assertThat(sizes).allMatch(size -> size >= 300 && size < 400 * 1024);
    assertThat(sizes.stream().filter(size -> size <= 2048).count() / all).isGreaterThan(0.75);
    assertThat(sizes.stream().filter(size -> size > 10_000 && size < 80_000).count() / all)
        .isBetween(0.005, 0.05);
    assertThat(sizes.stream().filter(size -> size > 100 * 1024)).hasSize(30);
  }

  @Test
  void everyTenthSeedHasOneRecordOfMoreThan100KilobytesAndNoOtherHas() {
    for (long seed = 0; seed < 20; seed++) {
      long large = items(30, seed).stream().filter(item -> size(item) > 100 * 1024).count();

      assertThat(large).isEqualTo(seed % 10 == 1 ? 1 : 0);
    }
  }

  @Test
  void everyTextIsCompleteAndEveryTraceAndPayloadIsJson() {
    ObjectMapper json = new ObjectMapper();
    Pattern placeholder = Pattern.compile("\\{[a-z0-9]+}");

    assertThat(usual().flatMap(List::stream))
        .allSatisfy(
            item -> {
              for (String attribute : List.of("text", "payload", "trace")) {
                if (item.containsKey(attribute)) {
                  assertThat(item.get(attribute).s()).doesNotContainPattern(placeholder);
                }
              }
              for (String attribute : List.of("payload", "trace")) {
                if (item.containsKey(attribute)) {
                  assertThat(json.readTree(item.get(attribute).s()).isObject()).isTrue();
                }
              }
            });
  }

  @Test
  void addressesBelongToNobody() {
    Pattern address = Pattern.compile("[\\w.]+@[\\w.]+[a-z]|https?://[\\w.]+");
    List<String> found = new ArrayList<>();
    usual()
        .flatMap(List::stream)
        .flatMap(item -> Stream.of("text", "payload", "trace").map(item::get))
        .filter(value -> value != null)
        .forEach(value -> address.matcher(value.s()).results().forEach(r -> found.add(r.group())));

    assertThat(found).isNotEmpty().allMatch(it -> it.matches(".*[@./]example\\.(com|org)"));
  }

  private List<Map<String, AttributeValue>> items(int records, long seed) {
    return conversations.items(
        new SampleConversation(BOT, CHANNEL_USER, STARTED_AT, records, seed));
  }

  /** 300 conversations, each of another channel user. */
  private Stream<List<Map<String, AttributeValue>>> usual() {
    Random random = new Random(5);
    return IntStream.range(0, 300)
        .mapToObj(
            seed ->
                SampleConversation.ofUsualLength(
                    BOT, SampleIds.channelUserId(random), STARTED_AT, seed))
        .map(conversations::items);
  }

  private static String type(Map<String, AttributeValue> item) {
    return item.get("recordType").s();
  }

  private static Instant createdAt(Map<String, AttributeValue> item) {
    return Instant.parse(item.get("createdAt").s());
  }

  /** The size of an item as DynamoDB counts it, except for the bytes of nesting. */
  private static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(entry -> bytes(entry.getKey()) + size(entry.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case N -> value.n().length() / 2 + 1;
      case B -> value.b().asByteArray().length;
      case M -> 3 + size(value.m());
      case L -> 3 + value.l().stream().mapToInt(SampleConversationsTest::size).sum();
      case SS -> value.ss().stream().mapToInt(SampleConversationsTest::bytes).sum();
      default -> 1;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
