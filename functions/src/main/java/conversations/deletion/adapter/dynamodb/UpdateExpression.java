package conversations.deletion.adapter.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An update expression that sets the attributes that are present and removes the others. */
record UpdateExpression(
    String text, Map<String, String> names, Map<String, AttributeValue> values) {

  static UpdateExpression of(Map<String, Optional<AttributeValue>> changes) {
    List<String> sets = new ArrayList<>();
    List<String> removals = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    changes.forEach(
        (name, value) -> {
          names.put("#" + name, name);
          if (value.isPresent()) {
            sets.add("#" + name + " = :" + name);
            values.put(":" + name, value.get());
          } else {
            removals.add("#" + name);
          }
        });
    String text =
        "SET "
            + String.join(", ", sets)
            + (removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals));
    return new UpdateExpression(text, names, values);
  }

  Map<String, AttributeValue> valuesWith(String name, AttributeValue value) {
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.put(name, value);
    return all;
  }
}
