package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.invoke.InvocationResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56Z");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void showsOneLineWithNothingThatATerminalObeys() {
    Activity activity =
        new Activity(
            new PrintStream(shown, true, StandardCharsets.UTF_8), InstantSource.fixed(NOW));
    String message = "one\n06:22:56  run  all is well" + (char) 0x1b + "[2J" + (char) 0x202e;

    activity.ran(NOW, new InvocationResult.FunctionError("Error", message));

    String text = shown.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSize(1);
    assertThat(text.strip()).contains("run failed", "all is well").matches("\\p{Print}+");
  }
}
