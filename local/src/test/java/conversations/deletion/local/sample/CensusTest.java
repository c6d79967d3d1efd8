package conversations.deletion.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.sample.SampleConversation;
import conversations.deletion.client.sample.SampleConversations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CensusTest {
  private static final Instant STARTED_AT = Instant.parse("2026-05-04T09:00:00Z");
  private static final SampleConversation ASKED =
      new SampleConversation("st-1", "u-1", STARTED_AT, 9, 1);
  private static final SampleConversation OTHER =
      new SampleConversation("st-1", "u-2", STARTED_AT, 6, 2);

  private final PagedTable table = new PagedTable();
  private final SampleConversations conversations =
      new SampleConversations(STARTED_AT.plusSeconds(100_000));
  private Census before;

  @BeforeEach
  void seed() {
    conversations.items(ASKED).forEach(table::put);
    conversations.items(OTHER).forEach(table::put);
    before = census();
  }

  @Test
  void countsEveryRecordOfEveryPage() {
    assertThat(before.records()).isEqualTo(15);
    assertThat(before.records(ASKED.conversationKey())).isEqualTo(9);
    assertThat(before.records("st-1#unknown")).isZero();
    assertThat(before.conversations().get(OTHER.conversationKey()).cId())
        .isEqualTo(Optional.of("u-2"));
  }

  @Test
  void isExactWhenAllOfWhatWasAskedForAndNothingElseIsGone() {
    removeAll(ASKED);

    CensusComparison comparison = compare(ASKED);

    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.isExact()).isTrue();
    assertThat(comparison.gone()).isEqualTo(9);
    assertThat(comparison.untouched()).isEqualTo(6);
  }

  @Test
  void tellsOfARecordLeftBehind() {
    assertThat(compare(ASKED).differences())
        .hasSize(9)
        .contains("LEFT_BEHIND  " + ASKED.conversationKey() + " SESSION");
  }

  @Test
  void tellsOfARecordWronglyGone() {
    table.records.remove(OTHER.conversationKey() + " SESSION");
    removeAll(ASKED);

    assertThat(compare(ASKED).differences())
        .containsExactly("WRONGLY_GONE " + OTHER.conversationKey() + " SESSION");
  }

  @Test
  void tellsOfARecordAdded() {
    removeAll(ASKED);
    conversations
        .items(new SampleConversation("st-1", "u-3", STARTED_AT, 1, 3))
        .forEach(table::put);

    assertThat(compare(ASKED).differences()).singleElement().asString().startsWith("ADDED");
  }

  @Test
  void tellsOfARecordWithOneAttributeChanged() {
    removeAll(ASKED);
    HashMap<String, AttributeValue> header = new HashMap<>(conversations.items(OTHER).getFirst());
    header.put("agentTransfer", AttributeValue.fromS("false"));
    table.put(header);

    CensusComparison comparison = compare(ASKED);

    assertThat(comparison.isExact()).isFalse();
    assertThat(comparison.report())
        .contains("9 records", "5 others", "1 are not", "CHANGED      " + OTHER.conversationKey());
  }

  @Test
  void whatIsRetainedHasToStayAsItWas() {
    Census.Columns columns =
        new Census.Columns("conversationKey", "recordKey", "recordType", "cId", Set.of("MESSAGE"));
    Census whole = Census.take(table, "records", columns);
    String key = ASKED.conversationKey();
    List<String> asked = List.of(key);
    assertThat(whole.retained(key)).isPositive();

    table.records.keySet().removeIf(id -> id.startsWith(key) && !id.contains("MESSAGE"));
    Census after = Census.take(table, "records", columns);
    assertThat(whole.compare(after, asked).isExact()).isTrue();
    assertThat(after.records(key)).isEqualTo(whole.retained(key));

    removeAll(ASKED);
    assertThat(whole.compare(Census.take(table, "records", columns), asked).differences())
        .hasSize(whole.retained(key))
        .allMatch(difference -> difference.startsWith("WRONGLY_GONE " + key + " MESSAGE"));
  }

  @Test
  void aConversationThatNeverWasMayBeAskedFor() {
    removeAll(ASKED);

    List<String> asked = List.of(ASKED.conversationKey(), "st-1#unknown");

    assertThat(before.compare(census(), asked).isExact()).isTrue();
  }

  @Test
  void theFingerprintIgnoresTheOrderOfSetsButNoValueTypeOrName() {
    Map<String, AttributeValue> item =
        Map.of("a", AttributeValue.fromSs(List.of("x", "y")), "b", AttributeValue.fromN("1"));

    assertThat(fingerprint("a", AttributeValue.fromSs(List.of("y", "x")), item))
        .isEqualTo(Fingerprint.of(item));
    assertThat(
            List.of(
                fingerprint("a", AttributeValue.fromSs(List.of("x", "z")), item),
                fingerprint("a", AttributeValue.fromL(List.of()), item),
                fingerprint("b", AttributeValue.fromS("1"), item),
                fingerprint("c", AttributeValue.fromN("1"), item)))
        .doesNotContain(Fingerprint.of(item));
  }

  private static String fingerprint(
      String attribute, AttributeValue value, Map<String, AttributeValue> others) {
    Map<String, AttributeValue> item = new HashMap<>(others);
    item.put(attribute, value);
    return Fingerprint.of(item);
  }

  private void removeAll(SampleConversation conversation) {
    table.records.keySet().removeIf(key -> key.startsWith(conversation.conversationKey()));
  }

  private CensusComparison compare(SampleConversation asked) {
    return before.compare(census(), List.of(asked.conversationKey()));
  }

  private Census census() {
    return Census.take(table, "records");
  }
}
