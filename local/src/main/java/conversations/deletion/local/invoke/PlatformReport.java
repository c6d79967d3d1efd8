package conversations.deletion.local.invoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The line that Lambda itself adds to a function's log at the end of each event.
 *
 * @param initialisation how long the process took to become ready; empty if it was not started for
 *     this event
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry
 *     schema</a>
 */
record PlatformReport(
    Instant at,
    String requestId,
    InvocationResult result,
    Duration duration,
    Optional<Duration> initialisation) {

  private static final ObjectMapper JSON = new ObjectMapper();

  String line() {
    LinkedHashMap<String, Object> metrics = new LinkedHashMap<String, Object>();
    metrics.put("durationMs", duration.toMillis());
    initialisation.ifPresent(time -> metrics.put("initDurationMs", time.toMillis()));
    LinkedHashMap<String, Object> report = new LinkedHashMap<String, Object>();
    report.put("requestId", requestId);
    report.put("status", status());
    if (result instanceof InvocationResult.FunctionError error) {
      report.put("errorType", error.errorType());
    }
    report.put("metrics", metrics);
    LinkedHashMap<String, Object> line = new LinkedHashMap<String, Object>();
    line.put("time", at.toString());
    line.put("type", "platform.report");
    line.put("record", report);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String status() {
    return switch (result) {
      case InvocationResult.Success _ -> "success";
      case InvocationResult.FunctionError error ->
          switch (error.errorType()) {
            case InvocationResult.FunctionError.TIMED_OUT -> "timeout";
            case InvocationResult.FunctionError.EXITED -> "failure";
            default -> "error";
          };
    };
  }
}
