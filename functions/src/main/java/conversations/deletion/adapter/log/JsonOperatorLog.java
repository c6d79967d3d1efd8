package conversations.deletion.adapter.log;

import conversations.deletion.application.port.OperatorLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Writes the operators' log as lines of JSON.
 *
 * <p>Of an exception it writes the classes of its cause chain, where each of them left this
 * service's own code, and the codes that an AWS service answered. It never writes a message, which
 * may quote what a caller sent.
 */
public final class JsonOperatorLog implements OperatorLog {

  private static final int MAX_CAUSES = 8;
  private static final String OWN_CLASSES = "conversations.deletion.";

  private final JsonLines lines;

  public JsonOperatorLog(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public void begin(Map<String, String> ids) {
    lines.begin(ids);
  }

  @Override
  public void info(String event, Map<String, ?> fields) {
    write("INFO", event, fields, null);
  }

  @Override
  public void warn(String event, Map<String, ?> fields, Throwable cause) {
    write("WARN", event, fields, cause);
  }

  @Override
  public void error(String event, Map<String, ?> fields, Throwable cause) {
    write("ERROR", event, fields, cause);
  }

  private void write(String level, String event, Map<String, ?> fields, Throwable cause) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    if (cause != null) {
      all.put("errors", errors(cause));
    }
    lines.write(level, event, all);
  }

  private static List<Map<String, Object>> errors(Throwable cause) {
    List<Map<String, Object>> errors = new ArrayList<>();
    for (Throwable one = cause; one != null && errors.size() < MAX_CAUSES; one = one.getCause()) {
      errors.add(error(one));
    }
    return errors;
  }

  private static Map<String, Object> error(Throwable one) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("class", one.getClass().getName());
    Arrays.stream(one.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OWN_CLASSES))
        .findFirst()
        .ifPresent(frame -> error.put("at", frame.toString()));
    if (one instanceof SdkServiceException answered) {
      error.put("statusCode", answered.statusCode());
      if (answered.requestId() != null) {
        error.put("requestId", answered.requestId());
      }
    }
    if (one instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
      error.put("errorCode", aws.awsErrorDetails().errorCode());
    }
    return error;
  }
}
