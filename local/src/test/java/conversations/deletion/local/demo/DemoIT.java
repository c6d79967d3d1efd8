package conversations.deletion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own, as {@code mvn -Pdemo} starts it. */
class DemoIT {

  @TempDir private Path folder;

  @Test
  void aWholeDeletionEndsWithAllChecksRight() throws Exception {
    Path output = folder.resolve("output");
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-classpath",
                System.getProperty("java.class.path"),
                Demo.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      demo.destroyForcibly();
    }

    String text = Files.readString(output);
    assertThat(text).doesNotContain("✗");
    assertThat(text)
        .contains("✓ left of conversations shown by the preview: ")
        .contains("✓ left of conversations of the same channel user, begun since the preview: ")
        .contains("✓ Job 1, held, status: on_hold", "✓ Job 1, status: completed")
        .contains("✓ Job 5, status: cancelled");
    assertThat(text.strip().lines().toList().getLast()).contains("checks are right");
    assertThat(demo.exitValue()).as(text).isZero();
  }
}
