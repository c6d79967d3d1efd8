package conversations.deletion.local.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemViewTest {

  @Test
  void tellsEveryTypeOfAttributeAsPlainJson() {
    Map<String, AttributeValue> item =
        Map.of(
            "text", AttributeValue.fromS("<b>"),
            "number", AttributeValue.fromN("12345678901234567890.5"),
            "yes", AttributeValue.fromBool(true),
            "none", AttributeValue.fromNul(true),
            "list", AttributeValue.fromL(List.of(AttributeValue.fromS("a"))),
            "map", AttributeValue.fromM(Map.of("b", AttributeValue.fromN("1"))),
            "texts", AttributeValue.fromSs(List.of("z", "y")),
            "numbers", AttributeValue.fromNs(List.of("2")),
            "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("hi")));

    ItemView view = ItemView.of(item);

    assertThat(view.json().replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"bytes":{"bytes":2,"base64":"aGk="},"list":["a"],"map":{"b":1},"none":null,\
            "number":12345678901234567890.5,"numbers":[2],"text":"<b>","texts":["y","z"],"yes":true}""");
    assertThat(view.attributes())
        .containsEntry("text", "<b>")
        .containsEntry("number", "12345678901234567890.5")
        .containsEntry("map", "{\"b\":1}");
    assertThat(view.meanings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bytes", "binary, 2 bytes",
                "numbers", "a set of numbers",
                "texts", "a set of texts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999999999999999",
        "9007199254740993",
        "0.1000000000000000055511151231257827",
        "1E-130",
        "9.9999999999999999999999999999999999999E+125",
        "-0",
        "1.50"
      })
  void tellsANumberAsDynamoDbWritesIt(String number) {
    ItemView view = ItemView.of(Map.of("n", AttributeValue.fromN(number)));

    assertThat(view.json()).isEqualTo("{\n  \"n\": " + number + "\n}");
    assertThat(view.attributes()).containsEntry("n", number);
  }

  @ParameterizedTest
  @MethodSource
  void saysWhenAnItemExpiresOrThatItNeverDoes(AttributeValue expiresAt, String meaning) {
    assertThat(ItemView.of(Map.of("expiresAt", expiresAt)).meanings())
        .containsEntry("expiresAt", meaning);
  }

  static Stream<Arguments> saysWhenAnItemExpiresOrThatItNeverDoes() {
    String noNumber = "no number, so DynamoDB never removes the item";
    String noMoment = "no moment: it is too far from 1970";
    return Stream.of(
        arguments(AttributeValue.fromN("1777887000"), "2026-05-04T09:30:00Z"),
        arguments(AttributeValue.fromN("1777887000.5"), "2026-05-04T09:30:00.500Z"),
        arguments(AttributeValue.fromN("-0.5"), "1969-12-31T23:59:59.500Z"),
        arguments(AttributeValue.fromN("1.777887E+9"), "2026-05-04T09:30:00Z"),
        arguments(AttributeValue.fromN("9.9E+125"), noMoment),
        arguments(AttributeValue.fromN("-9.9E+125"), noMoment),
        arguments(AttributeValue.fromN("soon"), "a number that can't be read"),
        arguments(AttributeValue.fromS("1777887000"), noNumber),
        arguments(AttributeValue.fromNul(true), noNumber));
  }

  @Test
  void tellsWhatIsNoNumberOrOfAnUnknownType() {
    ItemView view =
        ItemView.of(
            Map.of(
                "count", AttributeValue.fromN("many"),
                "new", AttributeValue.builder().build()));

    assertThat(view.attributes()).containsEntry("count", "many").containsEntry("new", "null");
    assertThat(view.meanings())
        .containsEntry("count", "a number that can't be read")
        .containsEntry("new", "of a type that is not known here");
  }

  @Test
  void findsTextAsItIsAndAsJson() {
    ItemView view = ItemView.of(Map.of("said", AttributeValue.fromS("a \"Quote\"")));

    assertThat(view.holds("\"quote\"")).isTrue();
    assertThat(view.holds("\\\"quote")).isTrue();
    assertThat(view.holds("SAID")).isTrue();
    assertThat(view.holds("quota")).isFalse();
  }

  @Test
  void saysWhatCodedValuesMean() {
    AttributeValue planned = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[24]));
    Map<String, AttributeValue> item =
        Map.of(
            "expiresAt", AttributeValue.fromN("1785974400"),
            "conversations",
                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("planned", planned)))));

    assertThat(ItemView.of(item).meanings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "expiresAt", "2026-08-06T00:00:00Z",
                "conversations[0].planned", "3 records planned"));
  }
}
