package conversations.deletion.client;

import conversations.deletion.client.command.Deletions;
import conversations.deletion.client.command.Surroundings;
import java.util.Locale;

/** {@code deletions}, as the launcher starts it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // Numbers and moments look the same everywhere: scripts read them.
    Locale.setDefault(Locale.ROOT);
    System.exit(Deletions.run(Surroundings.ofThisProcess(), arguments));
  }
}
