package conversations.deletion.bench.stub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error that AWS answers with. */
final class AwsError extends RuntimeException {

  private final int status;
  private final transient Map<String, Object> body;

  private AwsError(int status, String type, String message, Map<String, Object> more) {
    super(type + ": " + message, null, false, false);
    this.status = status;
    this.body = new LinkedHashMap<>(more);
    this.body.put("__type", "com.amazonaws.dynamodb.v20120810#" + type);
    this.body.put("message", message);
  }

  static AwsError validation(String message) {
    return new AwsError(400, "ValidationException", message, Map.of());
  }

  static AwsError conditionFailed(Map<String, Object> item) {
    return new AwsError(
        400,
        "ConditionalCheckFailedException",
        "The conditional request failed",
        item.isEmpty() ? Map.of() : Map.of("Item", item));
  }

  static AwsError cancelled(List<Map<String, Object>> reasons) {
    return new AwsError(
        400,
        "TransactionCanceledException",
        "Transaction cancelled",
        Map.of("CancellationReasons", reasons));
  }

  static AwsError throughputExceeded() {
    return new AwsError(
        400,
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for one or more partitions was exceeded",
        Map.of());
  }

  int status() {
    return status;
  }

  byte[] body() {
    return Json.write(body);
  }
}
