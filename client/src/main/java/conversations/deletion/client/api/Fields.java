package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an answer must have. Each method throws an IllegalArgumentException if it lacks it.
 */
final class Fields {

  private Fields() {}

  static String text(JsonNode node, String name) {
    return optionalText(node, name)
        .orElseThrow(() -> new IllegalArgumentException("it has no " + name));
  }

  static Optional<String> optionalText(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  /**
   * @throws java.time.DateTimeException if it is no moment
   */
  static Instant instant(JsonNode node, String name) {
    return Instant.parse(text(node, name));
  }

  static Optional<Instant> optionalInstant(JsonNode node, String name) {
    return optionalText(node, name).map(Instant::parse);
  }

  static long number(JsonNode node, String name) {
    if (!node.path(name).canConvertToLong()) {
      throw new IllegalArgumentException("it has no number " + name);
    }
    return node.path(name).longValue();
  }

  static Optional<Long> optionalNumber(JsonNode node, String name) {
    return node.has(name) ? Optional.of(number(node, name)) : Optional.empty();
  }

  static boolean flag(JsonNode node, String name) {
    if (!node.path(name).isBoolean()) {
      throw new IllegalArgumentException("it has no yes or no " + name);
    }
    return node.path(name).booleanValue();
  }

  static List<JsonNode> array(JsonNode node, String name) {
    if (!node.path(name).isArray()) {
      throw new IllegalArgumentException("it has no list " + name);
    }
    return elements(node.path(name));
  }

  static List<JsonNode> elements(JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException("it is no list");
    }
    return list.valueStream().toList();
  }
}
