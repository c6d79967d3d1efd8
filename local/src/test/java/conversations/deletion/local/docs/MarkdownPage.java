package conversations.deletion.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of the repository, read as GitHub shows it. */
final class MarkdownPage {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");
  private static final Set<String> SHELL = Set.of("", "bash", "sh");
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final Path file;
  private final Node document;

  private MarkdownPage(Path file) {
    this.file = file;
    try {
      this.document = PARSER.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page of that name, from the repository's root. */
  static MarkdownPage of(String name) {
    return new MarkdownPage(ROOT.resolve(name));
  }

  static Stream<MarkdownPage> all() throws IOException {
    return files(".md").map(MarkdownPage::new);
  }

  /** The repository's own files that end so. */
  static Stream<Path> files(String end) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return !folder.equals(ROOT) && (name.startsWith(".") || NOT_OURS.contains(name))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(end)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted();
  }

  Path file() {
    return file;
  }

  /** Where links and images lead, as it is written. */
  List<String> links() {
    return Stream.concat(
            nodes(document, Link.class).stream().map(Link::getDestination),
            nodes(document, Image.class).stream().map(Image::getDestination))
        .toList();
  }

  /** What a link to a heading may name, by GitHub's rules. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    for (Heading heading : nodes(document, Heading.class)) {
      String name = slug(text(heading));
      String anchor = name;
      for (int repeated = 1; !anchors.add(anchor); repeated++) {
        anchor = name + "-" + repeated;
      }
    }
    return anchors;
  }

  /** What stands in blocks for a shell. */
  List<String> scripts() {
    return Stream.concat(
            nodes(document, FencedCodeBlock.class).stream()
                .filter(block -> SHELL.contains(block.getInfo()))
                .map(FencedCodeBlock::getLiteral),
            nodes(document, IndentedCodeBlock.class).stream().map(IndentedCodeBlock::getLiteral))
        .toList();
  }

  /** What stands in the text as code. */
  List<String> codes() {
    return nodes(document, Code.class).stream().map(Code::getLiteral).toList();
  }

  /** The cells of the first table below a heading, row by row, without the table's head. */
  List<List<String>> tableBelow(String heading) {
    Node node = document.getFirstChild();
    while (!(node instanceof Heading one && text(one).equals(heading))) {
      node = node.getNext();
    }
    while (!(node instanceof TableBlock)) {
      node = node.getNext();
    }
    return nodes(node, TableRow.class).stream()
        .skip(1)
        .map(row -> nodes(row, TableCell.class).stream().map(MarkdownPage::text).toList())
        .toList();
  }

  private static String slug(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    for (Node one : nodes(node, Node.class)) {
      switch (one) {
        case Text plain -> text.append(plain.getLiteral());
        case Code code -> text.append(code.getLiteral());
        case SoftLineBreak _ -> text.append(' ');
        default -> {}
      }
    }
    return text.toString();
  }

  private static <T extends Node> List<T> nodes(Node parent, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      if (type.isInstance(node)) {
        found.add(type.cast(node));
      }
      found.addAll(nodes(node, type));
    }
    return found;
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
