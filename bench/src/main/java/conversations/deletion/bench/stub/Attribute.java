package conversations.deletion.bench.stub;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The values of DynamoDB's attributes, in the form in which they are sent: a type and a value. */
final class Attribute {

  private static final int OVERHEAD = 3;

  private Attribute() {}

  static Map<String, Object> s(String value) {
    return Map.of("S", value);
  }

  /** Compares two values of one type; those of different types are never equal. */
  static int compare(Map<String, Object> one, Map<String, Object> other) {
    Map.Entry<String, Object> mine = one.entrySet().iterator().next();
    Object theirs = other.get(mine.getKey());
    if (theirs == null) {
      return Integer.MIN_VALUE;
    }
    return mine.getKey().equals("N")
        ? new BigDecimal((String) mine.getValue()).compareTo(new BigDecimal((String) theirs))
        : mine.getValue().toString().compareTo(theirs.toString());
  }

  /** The bytes of an item as DynamoDB counts them for capacity. */
  static int size(Map<String, Object> item) {
    int bytes = 0;
    for (Map.Entry<String, Object> attribute : item.entrySet()) {
      bytes += utf8(attribute.getKey()) + sizeOfValue(attribute.getValue());
    }
    return bytes;
  }

  private static int sizeOfValue(Object typed) {
    Map.Entry<?, ?> value = ((Map<?, ?>) typed).entrySet().iterator().next();
    return switch ((String) value.getKey()) {
      case "S" -> utf8((String) value.getValue());
      case "N" -> ((String) value.getValue()).length() / 2 + 2;
      case "B" -> ((String) value.getValue()).length() * 3 / 4;
      case "L" -> {
        int bytes = OVERHEAD;
        for (Object element : (List<?>) value.getValue()) {
          bytes += 1 + sizeOfValue(element);
        }
        yield bytes;
      }
      case "M" -> {
        int bytes = OVERHEAD;
        for (Map.Entry<?, ?> member : ((Map<?, ?>) value.getValue()).entrySet()) {
          bytes += 1 + utf8((String) member.getKey()) + sizeOfValue(member.getValue());
        }
        yield bytes;
      }
      case "SS" -> ((List<?>) value.getValue()).stream().mapToInt(one -> utf8((String) one)).sum();
      default -> 1;
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
