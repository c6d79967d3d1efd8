package conversations.deletion.adapter.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as openssl writes them. */
class PemPublicKeysTest {

  private final PemPublicKeys keys = new PemPublicKeys();

  /**
   * {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkey -pubout}.
   */
  private static final String EC =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEq69MFzAthJTq6322VbOYvUOsytSz
      yFPsZjoYc5AJYlkt6329E8He6VV37kK0zY8YuqA0JBoXJtvVE2h3n/h6bQ==
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl genrsa 512 | openssl rsa -pubout}: too short for use, but readable. */
  private static final String RSA =
      """
      -----BEGIN PUBLIC KEY-----
      MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAM5WND3YAjibY0c5KdSJQFh25IV9fupa
      JEyU7wtLilWCNQgm13cMjbQI5KbOH54f/UVlv68cZQFGW8lzAm1g1u0CAwEAAQ==
      -----END PUBLIC KEY-----
      """;

  @Test
  void readsWhatItIsAskedFor() {
    assertThat(keys.readEc(EC).orElseThrow())
        .satisfies(key -> assertThat(keys.isOnP256(key)).isTrue());
    assertThat(keys.readRsa(RSA).orElseThrow().getModulus().bitLength()).isEqualTo(512);
  }

  @Test
  void readsNothingElse() {
    assertThat(keys.readRsa(EC)).isEmpty();
    assertThat(keys.readEc(RSA)).isEmpty();
  }

  @Test
  void overlooksHowLinesEnd() {
    assertThat(keys.readEc(EC.replace("\n", "\r\n"))).isEqualTo(keys.readEc(EC));
    assertThat(keys.readEc("\n" + EC.strip())).isEqualTo(keys.readEc(EC));
  }

  @ParameterizedTest
  @EmptySource
  @ValueSource(
      strings = {
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
        "-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n====\n-----END PUBLIC KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"
      })
  void findsNoKeyInOtherText(String text) {
    assertThat(keys.readEc(text)).isEmpty();
    assertThat(keys.readRsa(text)).isEmpty();
  }

  @Test
  void findsNoKeyInTwo() {
    assertThat(keys.readEc(EC + EC)).isEmpty();
  }
}
