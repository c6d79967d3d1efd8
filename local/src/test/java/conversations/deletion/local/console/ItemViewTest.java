package conversations.deletion.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    assertThat(ItemView.of(item).item())
        .hasToString(
            """
            {"bytes":{"bytes":2,"base64":"aGk="},"list":["a"],"map":{"b":1},"none":null,\
            "number":12345678901234567890.5,"numbers":[2],"text":"<b>","texts":["y","z"],"yes":true}""");
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
