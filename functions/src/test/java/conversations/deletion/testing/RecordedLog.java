package conversations.deletion.testing;

import conversations.deletion.application.port.OperatorLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the lines of the operators' log. */
public final class RecordedLog implements OperatorLog {

  private final List<Line> lines = new ArrayList<>();
  private Map<String, String> invocation = Map.of();

  @Override
  public synchronized void begin(Map<String, String> ids) {
    invocation = Map.copyOf(ids);
  }

  @Override
  public synchronized void info(String event, Map<String, ?> fields) {
    lines.add(new Line("info", event, Map.copyOf(fields), Optional.empty()));
  }

  @Override
  public synchronized void warn(String event, Map<String, ?> fields, Throwable cause) {
    lines.add(new Line("warn", event, Map.copyOf(fields), Optional.ofNullable(cause)));
  }

  @Override
  public synchronized void error(String event, Map<String, ?> fields, Throwable cause) {
    lines.add(new Line("error", event, Map.copyOf(fields), Optional.ofNullable(cause)));
  }

  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The ids of the latest invocation. */
  public synchronized Map<String, String> invocation() {
    return invocation;
  }

  /** One line. */
  public record Line(
      String level, String event, Map<String, ?> fields, Optional<Throwable> cause) {}
}
