package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttributesTest {

  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "text", Attributes.s("canary"),
          "number", Attributes.n(42),
          "fraction", AttributeValue.fromN("4.2"),
          "moment", Attributes.s(Instant.EPOCH),
          "bytes", Attributes.b(new byte[] {1}),
          "list", Attributes.list(List.of()),
          "map", Attributes.map(Map.of()));

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(Attributes.string(ITEM, "text")).isEqualTo("canary");
    assertThat(Attributes.number(ITEM, "number")).isEqualTo(42);
    assertThat(Attributes.instant(ITEM, "moment")).isEqualTo(Instant.EPOCH);
    assertThat(Attributes.bytes(ITEM, "bytes")).containsExactly(1);
    assertThat(Attributes.list(ITEM, "list")).isEmpty();
    assertThat(Attributes.map(ITEM, "map")).isEmpty();
    assertThat(Attributes.ss(List.of("a", "a")).ss()).containsExactly("a");
  }

  @Test
  void areMomentsInAllFormsInWhichPlatformsWriteThem() {
    Instant moment = Instant.parse("2026-05-04T09:30:00.500Z");
    Map<String, AttributeValue> item =
        Map.of(
            "text", s("2026-05-04 11:30:00.5+02:00"),
            "seconds", AttributeValue.fromN("1777887000.5"),
            "millis", AttributeValue.fromN("1777887000500"),
            "exponent", AttributeValue.fromN("1.7778870005E+9"),
            "textOfMillis", s("1777887000500"));

    assertThat(item.keySet())
        .allSatisfy(name -> assertThat(Attributes.findInstant(item, name)).contains(moment));
    assertThat(Attributes.findInstant(Map.of("huge", AttributeValue.fromN("9E+125")), "huge"))
        .isEmpty();
    assertThat(Attributes.findInstant(ITEM, "number")).isEmpty();
    assertThat(Attributes.findInstant(ITEM, "flag")).isEmpty();
  }

  @Test
  void mayBeAbsentOrUnreadableWhereTheyAreNotRequired() {
    assertThat(Attributes.findString(ITEM, "none")).isEmpty();
    assertThat(Attributes.findString(ITEM, "number")).isEmpty();
    assertThat(Attributes.findNumber(ITEM, "text")).isEmpty();
    assertThat(Attributes.findNumber(ITEM, "fraction")).isEmpty();
    assertThat(Attributes.findInstant(ITEM, "text")).isEmpty();
    assertThat(Attributes.findBytes(ITEM, "text")).isEmpty();
  }

  @Test
  void areNamedButNotToldWhereTheyAreRequiredAndUnreadable() {
    List<Supplier<Object>> reads =
        List.of(
            () -> Attributes.string(ITEM, "none"),
            () -> Attributes.number(ITEM, "text"),
            () -> Attributes.instant(ITEM, "text"),
            () -> Attributes.bytes(ITEM, "text"),
            () -> Attributes.list(ITEM, "text"),
            () -> Attributes.map(ITEM, "text"));

    assertThat(reads)
        .allSatisfy(
            read ->
                assertThatThrownBy(read::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("is missing or unreadable")
                    .hasMessageNotContaining("canary"));
  }
}
