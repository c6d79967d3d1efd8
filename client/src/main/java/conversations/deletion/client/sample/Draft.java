package conversations.deletion.client.sample;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record without its keys: its type, the pause since the record before, and its content. */
record Draft(String recordType, Duration pause, Map<String, AttributeValue> content) {
  static final String MESSAGE = "MESSAGE";
  static final String TAG = "TAG";
  static final String TASK_METRIC = "TASK_METRIC";
  static final String DEBUG_LOG = "DEBUG_LOG";

  Draft {
    content = Map.copyOf(content);
  }
}
