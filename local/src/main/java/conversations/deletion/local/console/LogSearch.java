package conversations.deletion.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

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

  /** More than this of a line is seen only in the whole line. */
  private static final int MOST_SHORT = 300;

  /** The types of Lambda's own lines begin with this. */
  private static final String OF_PLATFORM = "platform.";

  /** A line of metrics has its definitions in this. */
  private static final String METRICS = "_aws";

  /**
   * A line that was found.
   *
   * @param level empty if the line has none
   * @param title what the line is about: its message; the type of a line of the platform; {@code
   *     metrics}; or, if it is not JSON, its beginning
   * @param details the other fields on one line, as far as they fit
   * @param json the whole line as JSON on many lines; null if it is not JSON
   */
  record Found(
      String at,
      String function,
      String level,
      String title,
      String details,
      String json,
      String text) {}

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
    Optional<JsonNode> object = ReadableJson.object(line.text());
    if (object.isEmpty()) {
      return new Found(
          line.at().toString(), line.function(), "", beginning(line.text()), "", null, line.text());
    }
    ObjectNode rest = object.get().deepCopy();
    String level = take(rest, "level");
    return new Found(
        line.at().toString(),
        line.function(),
        level,
        beginning(title(rest)),
        beginning(details(rest)),
        ReadableJson.laidOut(object.get()),
        line.text());
  }

  /** Takes the title's field out of the fields that are left. */
  private static String title(ObjectNode rest) {
    if (rest.path("message").isTextual()) {
      take(rest, "timestamp");
      return take(rest, "message");
    }
    if (rest.path("type").asText().startsWith(OF_PLATFORM)) {
      take(rest, "time");
      return take(rest, "type");
    }
    return rest.remove(METRICS) == null ? "" : "metrics";
  }

  private static String take(ObjectNode fields, String name) {
    return fields.path(name).isTextual() ? fields.remove(name).asText() : "";
  }

  private static String details(ObjectNode rest) {
    StringJoiner details = new StringJoiner("  ");
    addTo(details, "", rest);
    return details.toString();
  }

  private static void addTo(StringJoiner details, String path, JsonNode value) {
    if (value.isObject() && !value.isEmpty()) {
      value
          .properties()
          .forEach(
              one ->
                  addTo(
                      details,
                      path.isEmpty() ? one.getKey() : path + "." + one.getKey(),
                      one.getValue()));
    } else if (!path.isEmpty()) {
      details.add(path + "=" + ReadableJson.inLine(value));
    }
  }

  private static String beginning(String text) {
    return text.codePointCount(0, text.length()) <= MOST_SHORT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_SHORT)) + "…";
  }
}
