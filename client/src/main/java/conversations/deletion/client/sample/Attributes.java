package conversations.deletion.client.sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Short forms of DynamoDB's attribute values. */
final class Attributes {
  private Attributes() {}

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  /** A number of hundredths, such as 0.93 for 93. */
  static AttributeValue hundredths(int number) {
    return AttributeValue.fromN(BigDecimal.valueOf(number, 2).toPlainString());
  }

  static AttributeValue bool(boolean value) {
    return AttributeValue.fromBool(value);
  }

  static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }

  static AttributeValue set(Collection<String> texts) {
    return AttributeValue.builder().ss(texts).build();
  }

  static AttributeValue list(AttributeValue... values) {
    return AttributeValue.fromL(Arrays.asList(values));
  }

  static AttributeValue map(Map<String, AttributeValue> entries) {
    return AttributeValue.fromM(entries);
  }
}
