package conversations.deletion.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MovableWindowTest {

  @AutoClose
  private final MovableWindow invoker =
      new MovableWindow(
          new InProcessInvoker(
              new WiredHandlers(TestWiring.class.getName()),
              new PrintStream(PrintStream.nullOutputStream())));

  /** Stands for the functions' wiring. */
  public record TestWiring(Map<String, String> environment) {}

  /** Returns its environment. */
  public static final class EnvironmentHandler
      implements RequestHandler<Map<String, Object>, Map<String, String>> {

    private final TestWiring wiring;

    public EnvironmentHandler(TestWiring wiring) {
      this.wiring = wiring;
    }

    @Override
    public Map<String, String> handleRequest(Map<String, Object> event, Context context) {
      return wiring.environment();
    }
  }

  private String environmentOf(String function, Map<String, String> environment) {
    FunctionDefinition definition =
        new FunctionDefinition(
            function,
            function,
            "arn:" + function,
            EnvironmentHandler.class.getName() + "::handleRequest",
            Duration.ofSeconds(10),
            128,
            environment);
    return ((InvocationResult.Success)
            invoker.invoke(definition, "{}".getBytes(StandardCharsets.UTF_8)))
        .text();
  }

  @Test
  void functionsThatKnowTheWindowHaveItsNewTimeZoneOnceItIsMoved() {
    Map<String, String> knows = Map.of("OFF_PEAK_TIMEZONE", "UTC");
    assertThat(environmentOf("Knows", knows)).isEqualTo("{\"OFF_PEAK_TIMEZONE\":\"UTC\"}");

    invoker.moveTo(ZoneOffset.ofTotalSeconds(3_723));

    assertThat(environmentOf("Knows", knows)).isEqualTo("{\"OFF_PEAK_TIMEZONE\":\"+01:02:03\"}");
    assertThat(environmentOf("Other", Map.of("TABLE", "jobs"))).isEqualTo("{\"TABLE\":\"jobs\"}");
  }
}
