package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.Moments;
import conversations.deletion.domain.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes Java values as attributes of DynamoDB items, and reads them back.
 *
 * <p>If a required attribute is missing or of another type, reading throws an {@link
 * IllegalStateException}. It names the attribute and never its value.
 *
 * <p>No lambdas or streams here: they cost time at a function's cold start.
 */
final class Attributes {

  private Attributes() {}

  static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue s(Instant moment) {
    return s(Timestamps.format(moment));
  }

  /** Absent if the moment is. */
  static Optional<AttributeValue> s(Optional<Instant> moment) {
    return moment.isPresent() ? Optional.of(s(moment.get())) : Optional.empty();
  }

  static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue bool(boolean value) {
    return AttributeValue.fromBool(value);
  }

  /** A set of strings. DynamoDB accepts no empty set. */
  static AttributeValue ss(Collection<String> values) {
    return AttributeValue.fromSs(List.copyOf(Set.copyOf(values)));
  }

  static AttributeValue b(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }

  static AttributeValue list(List<AttributeValue> values) {
    return AttributeValue.fromL(values);
  }

  static AttributeValue map(Map<String, AttributeValue> values) {
    return AttributeValue.fromM(values);
  }

  static String string(Map<String, AttributeValue> item, String name) {
    return required(findString(item, name), name);
  }

  /** Absent also if the attribute is not a string. */
  static Optional<String> findString(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? Optional.empty() : Optional.ofNullable(value.s());
  }

  static long number(Map<String, AttributeValue> item, String name) {
    return required(findNumber(item, name), name);
  }

  /** Absent also if the attribute is not a whole number. */
  static Optional<Long> findNumber(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    try {
      return value == null || value.n() == null
          ? Optional.empty()
          : Optional.of(Long.valueOf(value.n()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Instant instant(Map<String, AttributeValue> item, String name) {
    return required(findInstant(item, name), name);
  }

  /** Absent also if the attribute, a string or a number, is not a readable moment. */
  static Optional<Instant> findInstant(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.s() != null) {
      return Moments.find(value.s());
    }
    return value.n() != null ? Moments.find(plain(value.n())) : Optional.empty();
  }

  /** A number without an exponent. DynamoDB's numbers have at most 126 digits before the point. */
  private static String plain(String number) {
    return new BigDecimal(number).toPlainString();
  }

  static byte[] bytes(Map<String, AttributeValue> item, String name) {
    return required(findBytes(item, name), name);
  }

  static Optional<byte[]> findBytes(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.b() == null
        ? Optional.empty()
        : Optional.of(value.b().asByteArrayUnsafe());
  }

  static List<AttributeValue> list(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return required(
        value == null || !value.hasL() ? Optional.empty() : Optional.of(value.l()), name);
  }

  static Map<String, AttributeValue> map(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return required(
        value == null || !value.hasM() ? Optional.empty() : Optional.of(value.m()), name);
  }

  private static <T> T required(Optional<T> value, String name) {
    if (value.isEmpty()) {
      throw new IllegalStateException("attribute '" + name + "' is missing or unreadable");
    }
    return value.get();
  }
}
