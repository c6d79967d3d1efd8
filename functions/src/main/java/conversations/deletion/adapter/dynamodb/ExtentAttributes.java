package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.n;

import conversations.deletion.domain.Extent;
import conversations.deletion.domain.Volume;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What conversations consist of, as attributes. What there is none of is left out. */
final class ExtentAttributes {

  private ExtentAttributes() {}

  static Map<String, AttributeValue> write(Extent extent) {
    Map<String, AttributeValue> item = new HashMap<>();
    put(item, "records", extent.records());
    put(item, "headers", extent.headers());
    put(item, "retained", extent.retained());
    put(item, "bytesAtMost", extent.volume().atMost());
    put(item, "requests", extent.volume().requests());
    put(item, "attachments", extent.attachments());
    put(item, "attachmentBytes", extent.attachmentBytes());
    put(item, "lists", extent.lists());
    return item;
  }

  private static void put(Map<String, AttributeValue> item, String name, long value) {
    if (value != 0) {
      item.put(name, n(value));
    }
  }

  static Extent read(Map<String, AttributeValue> item) {
    return new Extent(
        count(item, "records"),
        count(item, "headers"),
        count(item, "retained"),
        new Volume(count(item, "bytesAtMost"), count(item, "requests")),
        count(item, "attachments"),
        count(item, "attachmentBytes"),
        count(item, "lists"));
  }

  private static long count(Map<String, AttributeValue> item, String name) {
    return findNumber(item, name).orElse(0L);
  }
}
