package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest(name = "{0}")
  @CsvSource({"127.0.0.1, false, false", "192.168.1.2, true, false", "0.0.0.0, true, true"})
  void warnsOfWhatOtherMachinesReach(String host, boolean api, boolean services) {
    Optional<String> warning = LocalService.warning(options(Map.of("host", host)).listening());

    assertThat(warning.isPresent()).isEqualTo(api);
    assertThat(warning.filter(text -> text.contains("secrets")).isPresent()).isEqualTo(services);
  }

  private static LocalOptions options(Map<String, String> asked) {
    Properties properties = new Properties();
    properties.putAll(asked);
    return LocalService.options(properties);
  }
}
