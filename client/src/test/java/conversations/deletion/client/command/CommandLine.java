package conversations.deletion.client.command;

import conversations.deletion.client.view.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The command line in a folder of its own. What it writes is kept. */
record CommandLine(
    Path folder,
    Map<String, String> environment,
    Terminal terminal,
    Optional<Supplier<String>> person,
    InstantSource clock,
    Pause pause) {

  /** The result of a command. */
  record Outcome(int code, String out, String err) {}

  /** A command line in a script that does not wait. */
  CommandLine(Path folder, Map<String, String> environment) {
    this(
        folder,
        environment,
        Terminal.none(),
        Optional.empty(),
        InstantSource.system(),
        pause -> {
          throw new AssertionError("It waits for " + pause);
        });
  }

  CommandLine on(Terminal other) {
    return new CommandLine(folder, environment, other, person, clock, pause);
  }

  /** At a terminal, where a person answers every question so. */
  CommandLine withPerson(String answer) {
    return new CommandLine(folder, environment, terminal, Optional.of(() -> answer), clock, pause);
  }

  CommandLine at(Instant moment) {
    return new CommandLine(folder, environment, terminal, person, () -> moment, pause);
  }

  CommandLine waitingBy(Pause other) {
    return new CommandLine(folder, environment, terminal, person, clock, other);
  }

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            folder,
            folder,
            new Surroundings.Streams(new PrintWriter(out), new PrintWriter(err), terminal),
            person,
            clock,
            pause);
    int code = Deletions.run(surroundings, arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
