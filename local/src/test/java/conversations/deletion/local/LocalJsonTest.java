package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalJsonTest {

  @TempDir private Path folder;

  @Test
  void leavesTheFileOfAServiceThatRunsAsItIs() throws Exception {
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Path first = Files.writeString(folder.resolve("local.json"), "{\"pid\":%d}".formatted(alive));

    LocalJson second = LocalJson.in(folder);
    second.delete();

    assertThat(second.howToUse()).contains("--local", "local-" + ProcessHandle.current().pid());
    assertThat(first).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"pid\":999999999}", "{\"pid\":\"soon\"}", "{}", "no JSON", ""})
  void takesTheFileOverThatNobodyNeeds(String content) throws Exception {
    Path left = Files.writeString(folder.resolve("local.json"), content);

    LocalJson localJson = LocalJson.in(folder);
    assertThat(localJson.howToUse()).isEqualTo("For scripts: " + left.toRealPath());
    localJson.delete();

    assertThat(left).as("nobody looks for a service that has ended").doesNotExist();
  }
}
