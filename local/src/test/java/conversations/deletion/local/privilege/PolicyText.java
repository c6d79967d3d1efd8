package conversations.deletion.local.privilege;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The policies in a template, as text: a comment counts. Policies that name a principal belong to a
 * resource, which is all that a star in them can reach.
 */
final class PolicyText {

  private final List<String> lines;
  private final List<String> faults = new ArrayList<>();

  private PolicyText(String yaml) {
    this.lines = yaml.lines().toList();
  }

  /**
   * The statements that allow an action with a star in it, or a resource with one without a comment
   * that says why, in the statement or just above it.
   */
  static List<String> faults(String yaml) {
    PolicyText text = new PolicyText(yaml);
    new Compose(LoadSettings.builder().build())
        .composeString(yaml)
        .ifPresent(document -> nodes(document).forEach(text::check));
    return text.faults;
  }

  private void check(Node node) {
    if (!(node instanceof MappingNode statement)
        || !hasText(statement, "Effect", "Allow")
        || value(statement, "Principal").isPresent()) {
      return;
    }
    int first = node.getStartMark().orElseThrow().getLine();
    if (hasStar(statement, "Action")) {
      faults.add("line %d allows an action with a star".formatted(first + 1));
    }
    if (hasStar(statement, "Resource") && !hasComment(first, lastLine(statement))) {
      faults.add(
          "line %d allows a resource with a star, and no comment says why".formatted(first + 1));
    }
  }

  private boolean hasComment(int first, int last) {
    boolean isExplainedAbove = first > 0 && lines.get(first - 1).strip().startsWith("#");
    return isExplainedAbove
        || lines.subList(first, last + 1).stream().anyMatch(line -> line.contains(" #"));
  }

  /** A block itself ends only where the next one begins, past the comment between them. */
  private static int lastLine(Node node) {
    return nodes(node)
        .filter(ScalarNode.class::isInstance)
        .mapToInt(scalar -> scalar.getEndMark().orElseThrow().getLine())
        .max()
        .orElseThrow();
  }

  private static boolean hasText(MappingNode mapping, String key, String text) {
    return value(mapping, key).filter(value -> isText(value, text)).isPresent();
  }

  private static boolean isText(Node node, String text) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
  }

  private static boolean hasStar(MappingNode statement, String key) {
    return value(statement, key).stream()
        .flatMap(PolicyText::nodes)
        .anyMatch(node -> node instanceof ScalarNode scalar && scalar.getValue().contains("*"));
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(entry -> isText(entry.getKeyNode(), key))
        .map(entry -> entry.getValueNode())
        .findFirst();
  }

  /** The node and all in it. */
  private static Stream<Node> nodes(Node node) {
    Stream<Node> inner =
        switch (node) {
          case MappingNode mapping ->
              mapping.getValue().stream()
                  .flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()));
          case SequenceNode sequence -> sequence.getValue().stream();
          default -> Stream.<Node>empty();
        };
    return Stream.concat(Stream.of(node), inner.flatMap(PolicyText::nodes));
  }
}
