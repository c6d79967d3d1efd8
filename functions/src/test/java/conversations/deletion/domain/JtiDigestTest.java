package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class JtiDigestTest {

  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /** The example of FIPS 180-2, appendix B.1. */
  @Test
  void isTheSha256() {
    assertThat(JtiDigest.of("abc")).isEqualTo(new JtiDigest(OF_ABC)).hasToString(OF_ABC);
  }

  @Test
  void tellsEveryCharacter() {
    assertThat(JtiDigest.of("Abc")).isNotEqualTo(JtiDigest.of("abc"));
    assertThat(JtiDigest.of("abc ")).isNotEqualTo(JtiDigest.of("abc"));
    assertThat(JtiDigest.of("\u00e9")).isNotEqualTo(JtiDigest.of("e\u0301"));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "abc",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        OF_ABC + "\n"
      })
  void isNothingElse(String value) {
    assertThatThrownBy(() -> new JtiDigest(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
