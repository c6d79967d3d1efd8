package conversations.deletion.client.command;

import conversations.deletion.client.view.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a command uses of the process and the machine that it runs on.
 *
 * @param environment the environment variables, by name
 * @param folder the working folder
 * @param home the person's home folder
 * @param streams where the command writes
 * @param person reads a line that a person types, or null at the end; absent if there is no person
 *     at a terminal
 * @param clock the wall clock
 * @param pause lets time pass
 */
public record Surroundings(
    Map<String, String> environment,
    Path folder,
    Path home,
    Streams streams,
    Optional<Supplier<String>> person,
    InstantSource clock,
    Pause pause) {

  /**
   * Where a command writes.
   *
   * @param out gets the results
   * @param err gets everything else
   * @param terminal what {@code err} can show
   */
  public record Streams(PrintWriter out, PrintWriter err, Terminal terminal) {}

  /** The surroundings of this process. */
  public static Surroundings ofThisProcess() {
    Map<String, String> environment = System.getenv();
    Console console = System.console();
    boolean isTerminal = console != null && console.isTerminal();
    return new Surroundings(
        environment,
        Path.of(""),
        Path.of(System.getProperty("user.home")),
        new Streams(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            isTerminal ? Terminal.of(environment, columns()) : Terminal.none()),
        isTerminal ? Optional.of(console::readLine) : Optional.empty(),
        InstantSource.system(),
        Surroundings::sleep);
  }

  /** The launcher asks the terminal for its width. */
  private static Optional<Integer> columns() {
    return Optional.ofNullable(Integer.getInteger("deletions.columns"));
  }

  /** The variable, if it is set and not blank. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The folder of the client's own files, by the XDG Base Directory Specification. */
  Path configuration() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".config"))
        .resolve("deletions");
  }

  private static void sleep(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
