package conversations.deletion.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of a table, for people.
 *
 * @param item its attributes as plain JSON, by name; bytes as an object with their number and
 *     Base64
 * @param meanings the meanings of its coded values, by their path in the item
 */
record ItemView(ObjectNode item, Map<String, String> meanings) {

  /** In all tables this is in seconds since 1970. */
  private static final String TIME_TO_LIVE = "expiresAt";

  /** In the entries of a job's conversations this has 8 bytes for each record to delete. */
  private static final String PLANNED = "planned";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static ItemView of(Map<String, AttributeValue> attributes) {
    TreeMap<String, String> meanings = new TreeMap<String, String>();
    return new ItemView(object(attributes, "", meanings), meanings);
  }

  private static ObjectNode object(
      Map<String, AttributeValue> attributes, String path, Map<String, String> meanings) {
    ObjectNode object = JSON.objectNode();
    new TreeMap<>(attributes)
        .forEach((name, value) -> object.set(name, value(value, path, name, meanings)));
    return object;
  }

  private static JsonNode value(
      AttributeValue value, String path, String name, Map<String, String> meanings) {
    String place = path.isEmpty() ? name : path + "." + name;
    return switch (value.type()) {
      case S -> JSON.textNode(value.s());
      case N -> {
        if (place.equals(TIME_TO_LIVE)) {
          meanings.put(place, Instant.ofEpochSecond(Long.parseLong(value.n())).toString());
        }
        yield JSON.numberNode(new BigDecimal(value.n()));
      }
      case BOOL -> JSON.booleanNode(value.bool());
      case B -> {
        int length = value.b().asByteArrayUnsafe().length;
        if (name.equals(PLANNED)) {
          meanings.put(place, "%d records planned".formatted(length / Long.BYTES));
        }
        yield bytes(value.b());
      }
      case M -> object(value.m(), place, meanings);
      case L -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < value.l().size(); i++) {
          array.add(value(value.l().get(i), path, "%s[%d]".formatted(name, i), meanings));
        }
        yield array;
      }
      case SS -> texts(value.ss());
      case NS -> {
        ArrayNode array = JSON.arrayNode();
        value.ns().forEach(number -> array.add(new BigDecimal(number)));
        yield array;
      }
      case BS -> {
        ArrayNode array = JSON.arrayNode();
        value.bs().forEach(one -> array.add(bytes(one)));
        yield array;
      }
      case NUL, UNKNOWN_TO_SDK_VERSION -> JSON.nullNode();
    };
  }

  private static JsonNode texts(Collection<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.stream().sorted().forEach(array::add);
    return array;
  }

  private static ObjectNode bytes(SdkBytes bytes) {
    byte[] all = bytes.asByteArrayUnsafe();
    return JSON.objectNode()
        .put("bytes", all.length)
        .put("base64", Base64.getEncoder().encodeToString(all));
  }
}
