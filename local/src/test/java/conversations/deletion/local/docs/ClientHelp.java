package conversations.deletion.local.docs;

import conversations.deletion.client.command.Deletions;
import conversations.deletion.client.command.Surroundings;
import conversations.deletion.client.view.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the client says of its own commands. */
final class ClientHelp {

  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S");
  private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)");

  private ClientHelp() {}

  static Set<String> commands() {
    return matches(COMMAND, help());
  }

  /** The options of a command; of all commands where none is named. */
  static Set<String> options(String... command) {
    return matches(OPTION, help(command));
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  private static String help(String... command) {
    StringWriter out = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            Path.of(""),
            Path.of(""),
            new Surroundings.Streams(new PrintWriter(out), new PrintWriter(out), Terminal.none()),
            Optional.empty(),
            Instant::now,
            _ -> {});
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--help");
    Deletions.run(surroundings, arguments.toArray(String[]::new));
    return out.toString();
  }
}
