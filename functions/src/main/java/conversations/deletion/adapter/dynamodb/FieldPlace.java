package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;

import conversations.deletion.domain.Moments;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where a record tells something of itself. */
sealed interface FieldPlace {

  /** The attribute that has to be read for it. */
  String attribute();

  /** What the record tells there; absent if it tells nothing. */
  Optional<String> text(Map<String, AttributeValue> item);

  /** As before, if that is a moment. */
  Optional<Instant> moment(Map<String, AttributeValue> item);

  /** An attribute of its own. */
  record InAttribute(String attribute) implements FieldPlace {

    @Override
    public Optional<String> text(Map<String, AttributeValue> item) {
      return findString(item, attribute);
    }

    @Override
    public Optional<Instant> moment(Map<String, AttributeValue> item) {
      return findInstant(item, attribute);
    }
  }

  /** A part of a key. A key that is a number has one part. */
  record InKey(String attribute, KeyTemplate template, Placeholder part) implements FieldPlace {

    @Override
    public Optional<String> text(Map<String, AttributeValue> item) {
      return Optional.ofNullable(item.get(attribute))
          .flatMap(key -> Optional.ofNullable(key.s()).or(() -> Optional.ofNullable(key.n())))
          .flatMap(template::read)
          .map(values -> values.get(part));
    }

    @Override
    public Optional<Instant> moment(Map<String, AttributeValue> item) {
      return text(item).flatMap(Moments::find);
    }
  }
}
