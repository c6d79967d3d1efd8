package conversations.deletion.client.command;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.Screen;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the person at the terminal before something is done that can't be undone.
 *
 * @param person reads a line that the person types, or null at the end
 */
record Confirmation(Optional<Supplier<String>> person, Screen screen) {

  /**
   * Stops a command that goes on only after somebody agreed, where nobody is at a terminal.
   *
   * @throws Failure if there is nobody to ask
   */
  void requireSomebody() {
    if (person.isEmpty()) {
      throw new Failure(
          ExitStatus.USAGE,
          "Nothing was submitted: somebody has to agree to what a preview shows, and there is no"
              + " terminal to ask at",
          "Give --yes to delete without a preview; or run deletions preview, and then the deletions"
              + " submit --preview=ID that it names.");
    }
  }

  /**
   * Returns if the person agrees. Where nobody is at a terminal, as in a script, nothing is asked.
   *
   * @param what is going to be done, in a sentence
   * @param otherwise says, in a sentence, what was not done
   * @throws Failure if the person does not
   */
  void require(String what, String otherwise) {
    if (person.isEmpty()) {
      return;
    }
    screen.tell(what);
    screen.tell("Go on? [y/N]");
    String answer = Objects.requireNonNullElse(person.get().get(), "");
    if (!Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
      throw new Failure(
          ExitStatus.REFUSED, otherwise, "Answer y to go on, or give --yes to be asked nothing.");
    }
  }
}
