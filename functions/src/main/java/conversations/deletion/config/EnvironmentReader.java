package conversations.deletion.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads environment variables, and tells of all that are wrong at once. */
final class EnvironmentReader {

  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();

  EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
  }

  String text(String name) {
    return value(name, text -> text);
  }

  /** Reads a variable that may be absent or empty. */
  String text(String name, String otherwise) {
    String text = environment.get(name);
    return text == null || text.isBlank() ? otherwise : text;
  }

  /**
   * Reads a variable.
   *
   * @param parser throws a {@link RuntimeException} if the text makes no value
   * @return null if there is no such value; {@link #requireNoFaults} will then throw
   */
  <T> T value(String name, Function<String, T> parser) {
    String text = environment.get(name);
    if (text == null || text.isBlank()) {
      faults.add(name + " is missing");
      return null;
    }
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      faults.add(name + " is wrong: " + e.getMessage());
      return null;
    }
  }

  /** Reads a variable that need not be there, as {@link #value} reads one that must. */
  <T> T value(String name, Function<String, T> parser, T otherwise) {
    return environment.containsKey(name) ? value(name, parser) : otherwise;
  }

  Duration seconds(String name) {
    return value(name, text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /**
   * @throws IllegalStateException if anything that was read is missing or wrong
   */
  void requireNoFaults() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException("environment: " + String.join("; ", faults));
    }
  }
}
