package conversations.deletion.local.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a bug is described, how it gets into its class, and what is reported if it can't. */
class SeededBugTest {

  private static final String HEAD =
      """
      Bug: What is due is left.
      Class: Till
      Caught by: TillTest#takesWhatIsDue

      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTheClass() throws IOException {
    write(
        "till/Till.java",
        """
        class Till {
          void close() {
            if (isOpen && left() > 0) {
              take(due(),
                  left());
            }
            count();
            count();
          }
        }
        """);
  }

  @Test
  void tellsTheClassAndTheTestThatCatchesIt() {
    SeededBug bug = bug("=== this\ntake\n=== becomes\nleave\n");

    assertThat(bug.number()).isEqualTo("07");
    assertThat(bug.className()).isEqualTo("Till");
    assertThat(bug.catcher()).isEqualTo(new Catcher("TillTest", "takesWhatIsDue"));
  }

  @Test
  void oneTextBecomesAnotherAndTheRestStays() {
    assertThat(seeded("=== this\nleft() > 0\n=== becomes\nleft() >= 0\n"))
        .isEqualTo(engine().text("Till").replace("> 0", ">= 0"));
  }

  @Test
  void aTextIsFoundHoweverItIsLaidOut() {
    assertThat(seeded("=== this\n    take( due(), left() ) ;\n=== becomes\n    take(due());\n"))
        .contains("      take(due());\n    }");
  }

  @Test
  void aTextThatBecomesNothingIsDropped() {
    assertThat(seeded("=== this\nisOpen &&\n=== becomes\n")).contains("if ( left() > 0)");
  }

  @Test
  void oneBugMayChangeSeveralTexts() {
    assertThat(
            seeded(
                """
                === this
                void close() {
                === becomes
                void close() {
                  take(1);

                === this
                take(due(), left());
                === becomes
                """))
        .contains("take(1)")
        .doesNotContain("due()");
  }

  @Test
  void aTextThatIsGoneIsNamedWithItsClass() {
    assertThatUnfit(() -> seeded("=== this\nleft() < 0\n=== becomes\n"))
        .withMessage("Till has this text 0 times, not once: left() < 0");
  }

  @Test
  void aTextThatIsThereTwiceIsNamedWithItsClass() {
    assertThatUnfit(() -> seeded("=== this\ncount();\n=== becomes\n"))
        .withMessage("Till has this text 2 times, not once: count();");
  }

  @Test
  void aClassThatIsGoneIsNamed() throws IOException {
    Files.delete(folder.resolve("till/Till.java"));

    assertThatUnfit(() -> seeded("=== this\ntake\n=== becomes\n"))
        .withMessageContaining("0 files are named Till.java");
  }

  @Test
  void aClassThatIsThereTwiceIsNamedWithItsPlaces() throws IOException {
    write("shop/Till.java", "class Till {}");

    assertThatUnfit(() -> seeded("=== this\ntake\n=== becomes\n"))
        .withMessageContaining("2 files are named Till.java")
        .withMessageContaining("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=== becomes\nleave\n",
        "=== this\ntake\n",
        "=== this\n\n=== becomes\nleave\n",
        "=== this\ntake\n=== becomes\nleave\n=== becomes\ngive\n",
        "=== this\ntake\n=== this\nleft\n=== becomes\nleave\n",
      })
  void withoutPairsOfTextsItIsNoBug(String changes) {
    assertThatUnfit(() -> bug(changes)).withMessageStartingWith("07-left ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bug: ", "Class: ", "Caught by: ", "#"})
  void withoutItsFirstLinesItIsNoBug(String part) {
    String head = HEAD.replace(part, "");

    assertThatUnfit(() -> SeededBug.parse("07-left", head + "=== this\ntake\n=== becomes\n"))
        .withMessageContaining("07-left does not begin with");
  }

  @Test
  void theBugsOfAFolderComeByNumber() throws IOException {
    write("10-b.bug", HEAD + "=== this\ntake\n=== becomes\n");
    write("09-a.bug", HEAD + "=== this\ntake\n=== becomes\n");
    write("README.md", "These are bugs.");

    assertThat(SeededBug.in(folder)).extracting(SeededBug::name).isEqualTo(List.of("09-a", "10-b"));
  }

  @Test
  void aCatcherIsRunByTheNameOfItsPackage() throws IOException {
    write("TillTest.java", "package shop.till;\nclass TillTest { void takesAll() {} }");

    assertThat(new Catcher("TillTest", "takesAll").selector(engine()))
        .isEqualTo("--select-method=shop.till.TillTest#takesAll");
  }

  @Test
  void aCatcherThatIsInheritedIsRunInItsClass() throws IOException {
    write("TillTest.java", "package shop.till;\nclass TillTest extends Contract {}");
    write("Contract.java", "package shop;\nabstract class Contract { void takesAll() {} }");

    assertThat(new Catcher("TillTest", "takesAll").selector(engine()))
        .isEqualTo("--select-method=shop.till.TillTest#takesAll");
  }

  @Test
  void aCatcherWithParametersIsRunWithItsClass() throws IOException {
    write("TillTest.java", "package shop.till;\nclass TillTest { void takesAll(int due) {} }");

    assertThat(new Catcher("TillTest", "takesAll").selector(engine()))
        .isEqualTo("--select-class=shop.till.TillTest");
  }

  @Test
  void aCatcherThatIsGoneIsNamed() throws IOException {
    write("TillTest.java", "package shop.till;\nclass TillTest { void takesAllOfIt() {} }");

    assertThatUnfit(() -> new Catcher("TillTest", "takesAll").selector(engine()))
        .withMessageContaining("TillTest#takesAll");
  }

  private static ThrowableAssertAlternative<UnfitBugException> assertThatUnfit(
      ThrowingCallable attempt) {
    return assertThatExceptionOfType(UnfitBugException.class).isThrownBy(attempt);
  }

  private static SeededBug bug(String changes) {
    return SeededBug.parse("07-left", HEAD + changes);
  }

  private String seeded(String changes) {
    return bug(changes).seedIn(engine());
  }

  private Sources engine() {
    return Sources.below(folder);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
