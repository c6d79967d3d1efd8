package conversations.deletion.client.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a phrasebook from the text file of its language:
 *
 * <pre>
 * names: Emma, Noah
 * cities: Leeds, Bristol
 * date: d MMMM
 *
 * [task] tag, tag
 * user: what the channel user says, with {placeholders}
 * tool: name argument=value
 * bot: what the bot answers
 * buttons: one | two
 * </pre>
 *
 * <p>{@code buttons}, or a {@code card} in JSON, belong to the line of the bot above them.
 */
final class PhrasebookReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> header = new HashMap<>();
  private final List<Script> scripts = new ArrayList<>();
  private final List<Script.Line> lines = new ArrayList<>();
  private String heading;

  private PhrasebookReader() {}

  static Phrasebook read(String language) {
    InputStream resource = PhrasebookReader.class.getResourceAsStream(language + ".txt");
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return parse(Locale.of(language), text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Phrasebook parse(Locale language, List<String> text) {
    PhrasebookReader reader = new PhrasebookReader();
    text.stream().filter(line -> !line.isBlank()).forEach(reader::accept);
    reader.endScript();
    return new Phrasebook(
        language,
        split(reader.header.get("names"), ","),
        split(reader.header.get("cities"), ","),
        DateTimeFormatter.ofPattern(reader.header.get("date"), language),
        reader.scripts);
  }

  private void accept(String line) {
    if (line.startsWith("[")) {
      endScript();
      heading = line;
      return;
    }
    int colon = line.indexOf(": ");
    String key = colon < 0 ? line : line.substring(0, colon);
    String value = line.substring(colon + 2);
    switch (key) {
      case "names", "cities", "date" -> header.put(key, value);
      case "user" -> lines.add(new Script.UserSays(value));
      case "bot" -> lines.add(new Script.BotSays(value, ""));
      case "tool" -> {
        int space = value.indexOf(' ');
        lines.add(new Script.ToolCall(value.substring(0, space), value.substring(space + 1)));
      }
      case "buttons" -> attach(buttons(split(value, "\\|")));
      case "card" -> attach(value);
      default -> throw new IllegalArgumentException("Not a line of a phrasebook: " + line);
    }
  }

  private void endScript() {
    if (heading != null) {
      int end = heading.indexOf(']');
      scripts.add(
          new Script(heading.substring(1, end), split(heading.substring(end + 1), ","), lines));
      lines.clear();
    }
  }

  private void attach(String payload) {
    if (!lines.isEmpty() && lines.getLast() instanceof Script.BotSays(String text, String _)) {
      lines.set(lines.size() - 1, new Script.BotSays(text, payload));
    } else {
      throw new IllegalArgumentException("Not below a line of the bot: " + payload);
    }
  }

  private static String buttons(List<String> titles) {
    List<Map<String, String>> buttons = titles.stream().map(t -> Map.of("title", t)).toList();
    try {
      return JSON.writeValueAsString(Map.of("quickReplies", buttons));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written as JSON.", e);
    }
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(separator)).map(String::strip).toList();
  }
}
