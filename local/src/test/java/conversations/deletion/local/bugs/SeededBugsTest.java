package conversations.deletion.local.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bugs of {@code seeded-bugs} match the code and its tests, so that each can be tried at any
 * time.
 */
class SeededBugsTest {

  private static final Sources ENGINE = Sources.ofTheEngine();
  private static final Sources TESTS = Sources.ofTheTests();

  @Test
  void noTwoHaveTheSameNumber() {
    assertThat(bugs()).isNotEmpty().extracting(SeededBug::number).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void eachChangesTextsThatItsClassHasOnce(SeededBug bug) {
    assertThat(bug.seedIn(ENGINE)).isNotEqualTo(ENGINE.text(bug.className()));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void eachHasItsCatcher(SeededBug bug) {
    assertThatCode(() -> bug.catcher().selector(TESTS)).doesNotThrowAnyException();
  }

  private static List<SeededBug> bugs() {
    return SeededBug.all();
  }
}
