package conversations.deletion.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a build takes from others is fixed, and what it could give away is not there. */
class WorkflowsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern USES = Pattern.compile("(?m)\\buses: *(.*)$");

  /** A command that installs, up to where it or its line ends. */
  private static final Pattern INSTALLS =
      Pattern.compile("(?m)\\b(pip install|npm ci|npm install|npx) [^`|);&\n]*");

  static Stream<Path> workflows() throws IOException {
    return Files.list(ROOT.resolve(".github/workflows"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nameEachActionByADigestThatNobodyCanMove(Path workflow) throws IOException {
    assertThat(USES.matcher(Files.readString(workflow)).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(action -> action.matches("[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void mayReadTheRepositoryAndNothingElse(Path workflow) throws IOException {
    assertThat(yaml(workflow)).containsEntry("permissions", Map.of("contents", "read"));
    assertThat(jobs(workflow)).noneMatch(job -> job.containsKey("permissions"));
    assertThat(Files.readString(workflow)).doesNotContain("pull_request_target");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void handNoSecretToWhatABuildRuns(Path workflow) throws IOException {
    assertThat(Files.readString(workflow)).doesNotContain("secrets.", "github.token");
    assertThat(jobs(workflow).flatMap(WorkflowsTest::steps))
        .filteredOn(step -> step.getOrDefault("uses", "").toString().contains("/checkout@"))
        .isNotEmpty()
        .allSatisfy(
            step -> assertThat(step.get("with")).isEqualTo(Map.of("persist-credentials", false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".ci/run",
        ".github/workflows/verify.yml",
        "CONTRIBUTING.md",
        "checks/README.md",
        "README.md"
      })
  void installInFixedVersionsWithoutScriptsOfStrangers(String file) throws IOException {
    assertThat(INSTALLS.matcher(Files.readString(ROOT.resolve(file))).results())
        .extracting(found -> found.group().strip())
        .allMatch(
            command ->
                command.startsWith("pip install -r ")
                    || command.startsWith("npm ci --ignore-scripts")
                    || command.matches("pip install '[\\w\\[\\]]+==[\\d.]+'")
                    || command.matches("npx @[\\w/-]+@\\d[\\d.]* .*"));
  }

  @Test
  void fixesEveryPythonPackage() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("checks/requirements.txt")))
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allMatch(line -> line.matches("[\\w-]+==[\\w.]+"));
  }

  @Test
  void refusesWhatDoesNotHaveItsChecksum() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve(".mvn/maven.config")))
        .contains("--strict-checksums");
  }

  private static Stream<Map<?, ?>> jobs(Path workflow) throws IOException {
    return ((Map<?, ?>) yaml(workflow).get("jobs")).values().stream().map(job -> (Map<?, ?>) job);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Map<String, Object>> steps(Map<?, ?> job) {
    return ((List<Map<String, Object>>) job.get("steps")).stream();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> yaml(Path workflow) throws IOException {
    return (Map<String, Object>)
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(workflow));
  }
}
