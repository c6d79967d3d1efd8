package conversations.deletion.local.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which lines of the functions' logs to find.
 *
 * @param function a function's logical id
 * @param level the lowest level: INFO finds WARN and ERROR too; lines without a level are not found
 *     by it
 * @param text text that a line contains, such as a job's id; upper and lower case are the same
 */
record LogSearch(Optional<String> function, Optional<String> level, Optional<String> text) {

  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
  private static final int MOST_KEPT = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A line that was found.
   *
   * @param level empty if the line has none
   * @param message the line's own message, if it is JSON that has one; else empty
   */
  record Found(String at, String function, String level, String message, String text) {}

  /** The latest lines that match, at most this many, newest first. */
  List<Found> in(FunctionLogs logs, int most) {
    return logs.latest(MOST_KEPT).reversed().stream()
        .filter(line -> function.map(line.function()::equals).orElse(true))
        .filter(line -> text.map(part -> holds(line.text(), part)).orElse(true))
        .map(LogSearch::found)
        .filter(line -> level.map(least -> isAtLeast(line.level(), least)).orElse(true))
        .limit(most)
        .toList();
  }

  private static boolean holds(String line, String part) {
    return line.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static boolean isAtLeast(String level, String least) {
    return LEVELS.contains(level) && LEVELS.indexOf(level) >= LEVELS.indexOf(least);
  }

  private static Found found(Line line) {
    JsonNode fields = fields(line.text());
    return new Found(
        line.at().toString(),
        line.function(),
        fields.path("level").asText(),
        fields.path("message").asText(),
        line.text());
  }

  private static JsonNode fields(String text) {
    try {
      return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
    } catch (JsonProcessingException _) {
      // It is not JSON after all, so the line is shown as it is.
      return MissingNode.getInstance();
    }
  }
}
