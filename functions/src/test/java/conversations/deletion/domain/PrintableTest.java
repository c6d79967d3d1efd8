package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"REQ-4711", "Büro 7", "\u05d1\u05d5\u05d8", "\ud83d\udce6", "\u00a0", "a b"})
  void keepsWhatCanBePrinted(String text) {
    assertThat(Printable.isAll(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\t", "\n", "\u007f", "\u0085", "\u00ad", "\u061c", "\u200b", "\u200f", "\u2028",
        "\u2029", "\u202e", "\u2066", "\ue000", "\ufeff", "\ud83d", "\uffff"
      })
  void refusesAndDropsWhatCannot(String character) {
    assertThat(Printable.isAll("a" + character + "b")).isFalse();
    assertThat(Printable.of("a" + character + "b")).isIn("ab", "a b");
  }

  @Test
  void makesSpacesOfLineBreaksAndLeavesNoneAtTheEnds() {
    assertThat(Printable.of("\u200b Shop\r\nbot\t")).isEqualTo("Shop  bot");
  }
}
