package conversations.deletion.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

  @ParameterizedTest(name = "U+{0}")
  @ValueSource(
      ints = {0, '\n', '\r', '\t', 0x1b, 0x7f, 0x85, 0x9b, 0x200b, 0x2028, 0x2029, 0x202e, 0x2066})
  void writesACharacterThatIsNotSeenAsItsNumber(int character) {
    assertThat(VisibleText.of("a" + Character.toString(character) + "b"))
        .isEqualTo("a\\u{%x}b".formatted(character));
  }

  @Test
  void leavesEverythingElseAsItIs() {
    String text = "GET /a%0A?b=ü 日本 😀 \\ \"";

    assertThat(VisibleText.of(text)).isEqualTo(text);
  }

  @Test
  void writesHalfACharacterAsItsNumber() {
    assertThat(VisibleText.of("a" + (char) 0xd83d)).isEqualTo("a\\u{d83d}");
  }
}
