package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "REQ-4711", "Büro 7, <Müller>", "\u05d1\u05d5\u05d8", "\ud83d\udce6"})
  void hasPrintableCharactersOfAnyScript(String text) {
    assertThat(Reference.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\u00a0",
        "\u3000a",
        "a\nb",
        "a\u0000",
        "a\u202eb",
        "\u200b",
        "\ud83d"
      })
  void refusesWhatCannotBePrintedAndSpacesAtTheEnds(String text) {
    assertThat(Reference.isValid(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Reference(text));
  }

  @Test
  void countsCharactersAsReadersDo() {
    assertThat(Reference.isValid("\ud83d\udce6".repeat(128))).isTrue();
    assertThat(Reference.isValid("x".repeat(129))).isFalse();
  }

  @Test
  void doesNotSlipIntoLogsByItsText() {
    assertThat(new Reference("REQ-4711")).hasToString("(a reference)");
  }
}
