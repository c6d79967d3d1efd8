package conversations.deletion.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the build can be told: its modules, its profiles and its options. */
final class Build {

  /** Those of Maven's own plugins. */
  private static final Set<String> OF_PLUGINS =
      Set.of("skipTests", "test", "surefire.failIfNoSpecifiedTests", "outputDirectory");

  private final List<String> poms = files("pom.xml").map(Build::text).toList();
  private final Map<String, String> sources =
      files(".java")
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(), Build::text, (one, other) -> one + other));
  private final Set<String> profiles =
      files("pom.xml").flatMap(Build::profiles).collect(Collectors.toSet());

  boolean hasProfile(String id) {
    return profiles.contains(id);
  }

  boolean hasModule(String name) {
    return Files.exists(MarkdownPage.ROOT.resolve(name).resolve("pom.xml"));
  }

  /** Whether anything reads a property that {@code -D} sets. */
  boolean readsOption(String name) {
    return OF_PLUGINS.contains(name)
        || poms.stream()
            .anyMatch(
                pom -> pom.contains("${" + name + "}") || pom.contains("<name>" + name + "</name>"))
        || sources.values().stream().anyMatch(source -> source.contains("\"" + name + "\""));
  }

  /** Whether there is such a test, by its class or by class and method. */
  boolean hasTest(String name) {
    String[] parts = name.split("\\.");
    String source = sources.getOrDefault(parts[0] + ".java", "");
    return parts.length == 1 ? !source.isEmpty() : source.contains("void " + parts[1] + "(");
  }

  private static Stream<String> profiles(Path pom) {
    try {
      NodeList found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(pom.toFile())
              .getElementsByTagName("profile");
      return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
          .map(i -> (Element) found.item(i))
          .map(profile -> profile.getElementsByTagName("id").item(0).getTextContent());
    } catch (Exception e) {
      throw new IllegalStateException(pom + " cannot be read", e);
    }
  }

  private static Stream<Path> files(String end) {
    try {
      return MarkdownPage.files(end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
