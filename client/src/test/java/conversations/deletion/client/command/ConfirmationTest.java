package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.Screen;
import conversations.deletion.client.view.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {

  private final StringWriter shown = new StringWriter();

  private void ask(Optional<Supplier<String>> person) {
    PrintWriter out = new PrintWriter(shown);
    new Confirmation(person, new Screen(out, out, Terminal.none(), false))
        .require("It is deleted.", "Nothing was deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Y", "yes", " y "})
  void goesOnIfThePersonAgrees(String answer) {
    assertThatCode(() -> ask(Optional.of(() -> answer))).doesNotThrowAnyException();
    assertThat(shown.toString().lines()).containsExactly("It is deleted.", "Go on? [y/N]");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "n", "no", "yesterday"})
  void doesNothingOtherwise(String answer) {
    assertThatThrownBy(() -> ask(Optional.of(() -> answer)))
        .isInstanceOf(Failure.class)
        .hasMessage("Nothing was deleted");
  }

  @Test
  void asksNothingWhereNobodyIsAtATerminal() {
    ask(Optional.empty());

    assertThat(shown.toString()).isEmpty();
  }
}
