package conversations.deletion.adapter.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * An item that operators write by hand, so that any attribute may be missing or of any type.
 * Reading never throws. What can't be used is absent, and is kept as a fault, which names the
 * attribute and never its value.
 */
final class OperatorRow {

  private final Map<String, AttributeValue> item;
  private final List<String> faults = new ArrayList<>();

  OperatorRow(Map<String, AttributeValue> item) {
    this.item = item;
  }

  boolean has(String name) {
    return item.containsKey(name);
  }

  Optional<String> text(String name) {
    return find(name, Type.S).map(AttributeValue::s);
  }

  /** If the attribute is missing, that is no fault. */
  Optional<String> optionalText(String name) {
    return has(name) ? text(name) : Optional.empty();
  }

  Optional<Boolean> flag(String name) {
    return find(name, Type.BOOL).map(AttributeValue::bool);
  }

  /** If the attribute is missing, it is off, and that is no fault. */
  Optional<Boolean> optionalFlag(String name) {
    return has(name) ? flag(name) : Optional.of(false);
  }

  Optional<Map<String, AttributeValue>> map(String name) {
    return find(name, Type.M).map(AttributeValue::m);
  }

  /** Keeps a fault that only the meaning of an attribute shows. */
  void add(String name, String fault) {
    faults.add(name + ": " + fault);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  private Optional<AttributeValue> find(String name, Type expected) {
    AttributeValue value = item.get(name);
    if (value == null) {
      add(name, "missing");
      return Optional.empty();
    }
    if (value.type() != expected) {
      add(name, "of type %s, not %s".formatted(value.type(), expected));
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
