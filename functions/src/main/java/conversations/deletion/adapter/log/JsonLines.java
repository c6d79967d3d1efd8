package conversations.deletion.adapter.log;

import conversations.deletion.domain.Timestamps;
import conversations.deletion.json.JsonText;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JSON objects, one to a line. Each has the ids of the invocation, and {@code timestamp} and
 * {@code level} under the names that Lambda looks for.
 *
 * <p>Safe for use by several threads. All threads are taken to serve the latest invocation.
 */
public final class JsonLines {

  private final PrintStream out;
  private final InstantSource clock;
  private volatile Map<String, String> invocation = Map.of();

  public JsonLines(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  void begin(Map<String, String> ids) {
    invocation = Map.copyOf(ids);
  }

  void write(String level, String message, Map<String, ?> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", Timestamps.format(clock.instant()));
    line.put("level", level);
    line.put("message", message);
    line.putAll(invocation);
    line.putAll(fields);
    out.println(JsonText.of(line));
  }
}
