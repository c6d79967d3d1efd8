package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where functions run, depending on what {@code mvn -Plocal} passes on. */
class LocalServiceTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void functionsRunInProcessesOfTheirOwn() {
    assertThat(options(Map.of("inprocess", "false")).ownProcesses()).isTrue();
  }

  @Test
  @DisabledOnOs(OS.LINUX)
  void functionsRunInTheServiceWhereTheRuntimeClientDoesNot() {
    assertThat(options(Map.of("inprocess", "false")).ownProcesses()).isFalse();
  }

  @Test
  void functionsRunInTheServiceWhereThatIsAskedFor() {
    assertThat(options(Map.of("inprocess", "true")).ownProcesses()).isFalse();
  }

  /** With -Ddebug, and from a development environment. */
  @Test
  void functionsRunInTheServiceWhereADebuggerIsToMeetThem() {
    assertThat(options(Map.of()).ownProcesses()).isFalse();
  }

  private static LocalOptions options(Map<String, String> asked) {
    Properties properties = new Properties();
    properties.putAll(asked);
    return LocalService.options(properties);
  }
}
