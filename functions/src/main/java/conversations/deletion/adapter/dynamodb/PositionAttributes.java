package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.IndexPosition;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A place in the index, as an attribute. */
final class PositionAttributes {

  private PositionAttributes() {}

  static AttributeValue write(IndexPosition position) {
    return Attributes.map(
        Map.of(
            "startedAt", s(position.startedAt()),
            "conversationKey", s(position.conversationKey()),
            "recordKey", s(position.recordKey())));
  }

  static IndexPosition read(Map<String, AttributeValue> written) {
    return new IndexPosition(
        string(written, "startedAt"),
        string(written, "conversationKey"),
        string(written, "recordKey"));
  }
}
