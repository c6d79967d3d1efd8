package conversations.deletion.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The modules have no parent, because {@code sam build} copies one alone. This test keeps them
 * alike.
 */
class ModulesTest {

  static List<String> modules() {
    return List.of("functions", "client", "local", "bench");
  }

  /**
   * {@code sam build} runs {@code mvn install}. A later build could take the installed copy as its
   * own.
   */
  @ParameterizedTest
  @MethodSource("modules")
  @ValueSource(strings = ".")
  void leavesNoCopyInTheLocalRepository(String module) throws Exception {
    assertThat(child(child(pom(module), "properties"), "maven.install.skip").getTextContent())
        .isEqualTo("true");
  }

  @Test
  void haveEachLibraryAndPluginInOneVersion() throws Exception {
    Map<String, TreeSet<String>> versions = new TreeMap<>();
    for (String module : modules()) {
      for (String kind : List.of("dependency", "plugin")) {
        NodeList named = pom(module).getElementsByTagName(kind);
        for (int i = 0; i < named.getLength(); i++) {
          Element one = (Element) named.item(i);
          for (Element version : children(one, "version")) {
            versions
                .computeIfAbsent(
                    text(one, "groupId") + ":" + text(one, "artifactId"), _ -> new TreeSet<>())
                .add(version.getTextContent());
          }
        }
      }
    }

    assertThat(versions).hasSizeGreaterThan(30);
    assertThat(versions).allSatisfy((_, found) -> assertThat(found).hasSize(1));
  }

  private static Element pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("..", module, "pom.xml").toFile())
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).getFirst();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
