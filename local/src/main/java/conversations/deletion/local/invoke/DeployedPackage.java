package conversations.deletion.local.invoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a function that are deployed, as {@code sam build} packages them.
 *
 * @param classes the folder of the compiled classes
 * @param jars the folder of the jars that they need at run time
 */
public record DeployedPackage(Path classes, Path jars) {

  /** The package that the build made from this template's functions. */
  public static DeployedPackage of(Path template) {
    return new DeployedPackage(
        template.resolveSibling("functions/target/classes"),
        template.resolveSibling("functions/target/lib"));
  }

  /**
   * Lays it out in an empty folder as Lambda does in {@code /var/task}: the classes at the top, the
   * jars in {@code lib}. They are links, so newly compiled classes run from the next cold start on.
   */
  void layOut(Path task) {
    try {
      for (Path entry : entries(classes)) {
        Files.createSymbolicLink(
            task.resolve(entry.getFileName()), entry.toAbsolutePath().normalize());
      }
      Files.createSymbolicLink(task.resolve("lib"), jars.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s and %s cannot be laid out in %s".formatted(classes, jars, task), e);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
