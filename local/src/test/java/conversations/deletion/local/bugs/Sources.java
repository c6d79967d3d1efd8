package conversations.deletion.local.bugs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Java sources, found by the simple name of their class, in any package. */
final class Sources {

  private final List<Path> files;

  private Sources(List<Path> files) {
    this.files = files;
  }

  static Sources ofTheEngine() {
    return below(Path.of("../functions/src/main/java"));
  }

  static Sources ofTheTests() {
    return below(
        Path.of("../functions/src/test/java"),
        Path.of("../functions/src/simulation/java"),
        Path.of("src/test/java"));
  }

  static Sources below(Path... folders) {
    return new Sources(Stream.of(folders).flatMap(folder -> filesBelow(folder).stream()).toList());
  }

  /**
   * The text of a class.
   *
   * @throws UnfitBugException if there is no file of that name, or more than one
   */
  String text(String className) {
    List<Path> named =
        files.stream().filter(file -> file.endsWith(Path.of(className + ".java"))).toList();
    if (named.size() != 1) {
      throw new UnfitBugException(
          "%d files are named %s.java, not one: %s".formatted(named.size(), className, named));
    }
    try {
      return Files.readString(named.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
