package conversations.deletion.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of every page leads to a file that there is, and to a heading of it. */
class LinksTest {

  static Stream<MarkdownPage> pages() throws IOException {
    return MarkdownPage.all();
  }

  @Test
  void areFollowedOnEachPageThatPeopleStartFrom() throws IOException {
    assertThat(pages().map(MarkdownPage::toString))
        .contains("README.md", "CONTRIBUTING.md", "docs/operations.md", "client/README.md")
        .noneMatch(page -> page.contains("node_modules"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void leadSomewhere(MarkdownPage page) {
    assertThat(page.links())
        .as("%s", page)
        .allSatisfy(link -> assertThat(fault(page, link)).isEmpty());
  }

  /** A page that nobody links to is not found by its readers. */
  @Test
  void leadToEveryPage() throws IOException {
    assertThat(pages().flatMap(page -> page.links().stream().flatMap(link -> target(page, link))))
        .containsAll(
            pages()
                .map(MarkdownPage::file)
                .filter(file -> !file.equals(MarkdownPage.ROOT.resolve("README.md")))
                .toList());
  }

  private static Stream<Path> target(MarkdownPage page, String link) {
    URI uri = URI.create(link);
    return uri.isAbsolute() || uri.getPath().isEmpty()
        ? Stream.empty()
        : Stream.of(page.file().resolveSibling(uri.getPath()).normalize());
  }

  private static Optional<String> fault(MarkdownPage page, String link) {
    URI uri = URI.create(link);
    if (uri.isAbsolute()) {
      return Optional.empty();
    }
    Path file = target(page, link).findFirst().orElse(page.file());
    if (!file.startsWith(MarkdownPage.ROOT) || !Files.exists(file)) {
      return Optional.of("there is no file " + file);
    }
    String anchor = uri.getFragment();
    if (anchor == null) {
      return Optional.empty();
    }
    return file.toString().endsWith(".md")
            && MarkdownPage.of(file.toString()).anchors().contains(anchor)
        ? Optional.empty()
        : Optional.of(file + " has no heading #" + anchor);
  }
}
