package conversations.deletion.client.command;

import conversations.deletion.client.view.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The command line in a folder of its own. What it writes is kept. */
record CommandLine(Path folder, Map<String, String> environment) {

  /** The result of a command. */
  record Outcome(int code, String out, String err) {}

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            folder,
            folder,
            new Surroundings.Streams(new PrintWriter(out), new PrintWriter(err), Terminal.none()),
            Optional.empty(),
            InstantSource.system(),
            pause -> {
              throw new AssertionError("It waits for " + pause);
            });
    int code = Deletions.run(surroundings, arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
