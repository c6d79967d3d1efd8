package conversations.deletion.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of a table, for people. There is one for every item, however odd its attributes are.
 *
 * @param attributes its attributes by name: a text as it is, a number with all its digits, anything
 *     else as JSON
 * @param json the whole item as JSON on many lines; bytes as an object with their number and
 *     Base64; null if the view was {@linkplain #shortened shortened}
 * @param meanings the meanings of its coded values, and the types that JSON has no form for, by
 *     their path in the item
 */
record ItemView(Map<String, String> attributes, String json, Map<String, String> meanings) {

  /** In all tables this is in seconds since 1970. */
  private static final String TIME_TO_LIVE = "expiresAt";

  /** In the entries of a job's conversations this has 8 bytes for each record to delete. */
  private static final String PLANNED = "planned";

  /** More than almost every item has. */
  private static final int MOST_IN_A_LIST = 4_000;

  private static final int MOST_OF_ONE_TEXT = 1_000;

  private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(Instant.MIN.getEpochSecond());
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
  private static final String UNREADABLE = "a number that can't be read";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static ItemView of(Map<String, AttributeValue> attributes) {
    TreeMap<String, String> meanings = new TreeMap<String, String>();
    ObjectNode item = object(attributes, "", meanings);
    LinkedHashMap<String, String> texts = new LinkedHashMap<String, String>();
    item.properties().forEach(one -> texts.put(one.getKey(), ReadableJson.inLine(one.getValue())));
    return new ItemView(texts, ReadableJson.laidOut(item), meanings);
  }

  /** An attribute of an item as a text; empty if it is missing. */
  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? "" : ReadableJson.inLine(value(value, "", name, new TreeMap<>()));
  }

  /** Sorts items by the text of an attribute that begins with a moment, the latest first. */
  static Comparator<Map<String, AttributeValue>> newestFirst(String name) {
    return Comparator.<Map<String, AttributeValue>, String>comparing(item -> text(item, name))
        .reversed();
  }

  /**
   * The view for a list, which the page asks for every second: of a large item only how each
   * attribute begins, and how long it is.
   */
  ItemView shortened() {
    if (json.length() <= MOST_IN_A_LIST) {
      return this;
    }
    LinkedHashMap<String, String> begins = new LinkedHashMap<>();
    attributes.forEach((name, text) -> begins.put(name, begin(text)));
    return new ItemView(begins, null, Map.of());
  }

  private static String begin(String text) {
    return text.length() <= MOST_OF_ONE_TEXT
        ? text
        : "%s… (%d characters)".formatted(text.substring(0, MOST_OF_ONE_TEXT), text.length());
  }

  /** Tells whether a name or a value has this in it; upper and lower case are the same. */
  boolean holds(String part) {
    String wanted = part.toLowerCase(Locale.ROOT);
    return json.toLowerCase(Locale.ROOT).contains(wanted)
        || attributes.entrySet().stream()
            .anyMatch(
                one ->
                    one.getKey().toLowerCase(Locale.ROOT).contains(wanted)
                        || one.getValue().toLowerCase(Locale.ROOT).contains(wanted));
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
    if (place.equals(TIME_TO_LIVE)) {
      meanings.put(place, timeToLive(value));
    }
    return switch (value.type()) {
      case S -> JSON.textNode(value.s());
      case N -> {
        if (!NUMBER.matcher(value.n()).matches()) {
          meanings.put(place, UNREADABLE);
        }
        yield number(value.n());
      }
      case BOOL -> JSON.booleanNode(value.bool());
      case B -> {
        int length = value.b().asByteArrayUnsafe().length;
        meanings.put(
            place,
            name.equals(PLANNED)
                ? "%d records planned".formatted(length / Long.BYTES)
                : "binary, %d bytes".formatted(length));
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
      case SS -> {
        meanings.put(place, "a set of texts");
        ArrayNode array = JSON.arrayNode();
        value.ss().stream().sorted().forEach(array::add);
        yield array;
      }
      case NS -> {
        meanings.put(place, "a set of numbers");
        ArrayNode array = JSON.arrayNode();
        value.ns().forEach(one -> array.add(number(one)));
        yield array;
      }
      case BS -> {
        meanings.put(place, "a set of binary values");
        ArrayNode array = JSON.arrayNode();
        value.bs().forEach(one -> array.add(bytes(one)));
        yield array;
      }
      case NUL -> JSON.nullNode();
      case UNKNOWN_TO_SDK_VERSION -> {
        meanings.put(place, "of a type that is not known here");
        yield JSON.nullNode();
      }
    };
  }

  private static String timeToLive(AttributeValue value) {
    if (value.n() == null) {
      return "no number, so DynamoDB never removes the item";
    }
    if (!NUMBER.matcher(value.n()).matches()) {
      return UNREADABLE;
    }
    BigDecimal seconds = new BigDecimal(value.n());
    if (seconds.compareTo(FIRST_SECOND) < 0 || seconds.compareTo(LAST_SECOND) > 0) {
      return "no moment: it is too far from 1970";
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    long nanoseconds = seconds.subtract(whole).movePointRight(9).longValue();
    return Instant.ofEpochSecond(whole.longValueExact(), nanoseconds).toString();
  }

  /** The number as DynamoDB writes it, or else a text. */
  private static JsonNode number(String written) {
    return NUMBER.matcher(written).matches()
        ? JSON.rawValueNode(new RawValue(written))
        : JSON.textNode(written);
  }

  private static ObjectNode bytes(SdkBytes bytes) {
    byte[] all = bytes.asByteArrayUnsafe();
    return JSON.objectNode()
        .put("bytes", all.length)
        .put("base64", Base64.getEncoder().encodeToString(all));
  }
}
