package conversations.deletion.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads environment variables, and reports all that are wrong at once. */
final class EnvironmentReader {

  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();

  private EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads some variables.
   *
   * @param reading reads them; it is given null for each that is missing or wrong
   * @throws IllegalStateException if a variable that was read is missing or wrong; it names all of
   *     them
   */
  static <T> T read(Map<String, String> environment, Function<EnvironmentReader, T> reading) {
    EnvironmentReader reader = new EnvironmentReader(environment);
    T settings = reading.apply(reader);
    if (!reader.faults.isEmpty()) {
      throw new IllegalStateException("environment: " + String.join("; ", reader.faults));
    }
    return settings;
  }

  String text(String name) {
    return value(name, text -> text);
  }

  /**
   * Makes a value of variables that were read before.
   *
   * @param value throws an {@link IllegalArgumentException} if they don't go together
   * @return null if they don't, or if any variable is missing or wrong; {@link #read} will then
   *     throw
   */
  <T> T together(Supplier<T> value) {
    if (!faults.isEmpty()) {
      return null;
    }
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
      return null;
    }
  }

  /** Reads a variable that may be absent or empty. */
  String text(String name, String otherwise) {
    String text = environment.get(name);
    return text == null || text.isBlank() ? otherwise : text;
  }

  /**
   * Reads a variable.
   *
   * @param parser throws a {@link RuntimeException} if the text is no such value
   * @return null if there is no such value; {@link #read} will then throw
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

  /** Reads a variable that may be absent or empty; else it is read as by {@link #value}. */
  <T> T value(String name, Function<String, T> parser, T otherwise) {
    return environment.getOrDefault(name, "").isBlank() ? otherwise : value(name, parser);
  }

  Duration seconds(String name) {
    return duration(name, ChronoUnit.SECONDS);
  }

  Duration duration(String name, TemporalUnit unit) {
    return value(name, text -> Duration.of(Long.parseLong(text), unit));
  }
}
