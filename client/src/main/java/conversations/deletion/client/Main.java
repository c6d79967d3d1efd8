package conversations.deletion.client;

import conversations.deletion.client.command.Deletions;
import conversations.deletion.client.command.Surroundings;

/** {@code deletions}, as the launcher starts it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Deletions.run(Surroundings.ofThisProcess(), arguments));
  }
}
