package conversations.deletion.local.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command as it stands on a page: its words, with their quotes. Where a shell would run another
 * one inside or behind it, that is a command of its own.
 */
record Command(List<String> words) {

  static List<Command> in(String script) {
    return script.replace("\\\n", " ").lines().flatMap(Command::inLine).toList();
  }

  private static Stream<Command> inLine(String line) {
    List<Command> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String word : line.replaceAll("[()|;&{}`]", " $0 ").strip().split("\\s+")) {
      if (word.startsWith("#")) {
        break;
      }
      if (word.matches("[()|;&{}`]")) {
        commands.add(new Command(List.copyOf(words)));
        words.clear();
      } else if (!word.isEmpty()) {
        words.add(word);
      }
    }
    commands.add(new Command(List.copyOf(words)));
    return commands.stream().filter(command -> !command.words.isEmpty());
  }

  String name() {
    return words.getFirst();
  }

  /** What follows the name. */
  List<String> arguments() {
    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
