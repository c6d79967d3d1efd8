package conversations.deletion.adapter.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression for a job's state. It sets the attributes that are present and removes the
 * others.
 */
record UpdateExpression(String text, Map<String, AttributeValue> values) {

  /**
   * The placeholders of the expression. Only the name of the status is a reserved word (DynamoDB
   * Developer Guide, "Reserved words in DynamoDB").
   */
  static final Map<String, String> NAMES = Map.of("#" + JobAttributes.STATUS, JobAttributes.STATUS);

  static UpdateExpression of(Map<String, Optional<AttributeValue>> changes) {
    StringJoiner sets = new StringJoiner(", ", "SET ", "");
    StringJoiner removals = new StringJoiner(", ", " REMOVE ", "").setEmptyValue("");
    Map<String, AttributeValue> values = new HashMap<>();
    changes.forEach(
        (name, value) -> {
          String written = name.equals(JobAttributes.STATUS) ? "#" + name : name;
          if (value.isPresent()) {
            sets.add(written + " = :" + name);
            values.put(":" + name, value.get());
          } else {
            removals.add(written);
          }
        });
    return new UpdateExpression(sets.toString() + removals, values);
  }

  Map<String, AttributeValue> valuesWith(String name, AttributeValue value) {
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.put(name, value);
    return all;
  }
}
