package conversations.deletion.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions are started from exactly the files that {@code sam build} packages. */
class DeployedPackageIT {

  private static final DeployedPackage DEPLOYED = DeployedPackage.of(Path.of("../template.yaml"));

  @TempDir private Path folder;

  /** {@code sam build} copies Maven's runtime class path, and puts the group before each name. */
  @Test
  void theJarsAreMavensRuntimeClassPathAndNothingElse() throws IOException {
    List<Path> jars = files(DEPLOYED.jars());
    List<Path> classPath = runtimeClassPath();

    assertThat(jars)
        .as("if there is a jar too many, mvn clean removes it")
        .hasSameSizeAs(classPath);
    for (Path entry : classPath) {
      assertThat(jars)
          .filteredOn(jar -> jar.toString().endsWith("." + entry.getFileName()))
          .singleElement()
          .satisfies(jar -> assertThat(jar).hasSameBinaryContentAs(entry));
    }
  }

  @Test
  void aTaskIsTheClassesAtTheTopAndTheJarsInLib() throws IOException {
    try (RuntimeFiles files = RuntimeFiles.unpack(DEPLOYED, folder)) {
      assertThat(files(files.task()).stream().map(Path::getFileName))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(files(DEPLOYED.classes()).stream(), Stream.of(Path.of("lib")))
                  .map(Path::getFileName)
                  .toList());
      assertThat(files.task().resolve("lib").toRealPath()).isEqualTo(DEPLOYED.jars().toRealPath());
    }
  }

  private static List<Path> runtimeClassPath() throws IOException {
    String classPath = Files.readString(DEPLOYED.jars().resolveSibling("runtime-class-path.txt"));
    return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
