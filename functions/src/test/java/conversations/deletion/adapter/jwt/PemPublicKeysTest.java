package conversations.deletion.adapter.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.PublicKeys.Ec;
import conversations.deletion.application.port.PublicKeys.Flaw;
import conversations.deletion.application.port.PublicKeys.Reading;
import conversations.deletion.application.port.PublicKeys.Rsa;
import conversations.deletion.application.port.PublicKeys.Unfit;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as openssl writes them, and as people paste them. */
class PemPublicKeysTest {

  /** {@code openssl pkey -pubout}. */
  private static final String EC =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEH0jyNoQIJedOGk2Ah0NazHiTHJSq
      lKWELyveX3mPXOOzuBbCfN6Du/wNg3XmQOvHf4gFXCABdksJ0aq33MPWAg==
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl req -x509} of the same key. */
  private static final String EC_CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdDCCARmgAwIBAgIUctM8M65jo25tNvhVqS/TdqGy8/swCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEc2hvcDAeFw0yNjExMzAxMDIyMjdaFw0yNjEyMDExMDIyMjda
      MA8xDTALBgNVBAMMBHNob3AwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQfSPI2
      hAgl504aTYCHQ1rMeJMclKqUpYQvK95feY9c47O4FsJ83oO7/A2DdeZA68d/iAVc
      IAF2SwnRqrfcw9YCo1MwUTAdBgNVHQ4EFgQUeJbLoPnL8lqEZpFj/wI7wo8lRzow
      HwYDVR0jBBgwFoAUeJbLoPnL8lqEZpFj/wI7wo8lRzowDwYDVR0TAQH/BAUwAwEB
      /zAKBggqhkjOPQQDAgNJADBGAiEAucpD1+NIyJbG9jMXmoEI1v7N6TrWbl58l4a0
      YqR45Q8CIQDaQNXUmsGGlJ3Tb4RirirjbU0DQnoWRTkIuiWeOwJGZA==
      -----END CERTIFICATE-----
      """;

  /** {@code openssl ec -pubout -conv_form compressed} of the same key. */
  private static final String EC_COMPRESSED =
      """
      -----BEGIN PUBLIC KEY-----
      MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACH0jyNoQIJedOGk2Ah0NazHiTHJSq
      lKWELyveX3mPXOM=
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl rsa -pubout}. */
  private static final String RSA =
      """
      -----BEGIN PUBLIC KEY-----
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA38HcWOaVbpo40g3kunlo
      uhs4H0Hda04f4goxVbfffaH032rjH24I+eVaa7uyALl/dWEVOrHhbNQPpW/HX/fR
      /YvWV1TRIeImzfUO29IoI4CAjjr12rGvKYOW4qy5f+789qyiXDGUESGwVj6Prljs
      hjaTGCu+A2JGNoA8ULOX8emdyWwA4KI18sLGvQM0ZvFqf6qpq5m6LhgqEV7EPQ0h
      TaT/Mf7lDbus4KzYwpNrCxbcHAtuwosGDosNBdVlO0BilEaJZxGbET1BMZC0/XQi
      xp4lGsDwlbM2/a2JqWesY7frHgYnjR4utP0mh0iCY7kPV9idXD72QO+qCl/crx2I
      awIDAQAB
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl rsa -RSAPublicKey_out} of the same key. */
  private static final String RSA_PKCS1 =
      """
      -----BEGIN RSA PUBLIC KEY-----
      MIIBCgKCAQEA38HcWOaVbpo40g3kunlouhs4H0Hda04f4goxVbfffaH032rjH24I
      +eVaa7uyALl/dWEVOrHhbNQPpW/HX/fR/YvWV1TRIeImzfUO29IoI4CAjjr12rGv
      KYOW4qy5f+789qyiXDGUESGwVj6PrljshjaTGCu+A2JGNoA8ULOX8emdyWwA4KI1
      8sLGvQM0ZvFqf6qpq5m6LhgqEV7EPQ0hTaT/Mf7lDbus4KzYwpNrCxbcHAtuwosG
      DosNBdVlO0BilEaJZxGbET1BMZC0/XQixp4lGsDwlbM2/a2JqWesY7frHgYnjR4u
      tP0mh0iCY7kPV9idXD72QO+qCl/crx2IawIDAQAB
      -----END RSA PUBLIC KEY-----
      """;

  /** {@code openssl ecparam -name secp384r1}. */
  private static final String P_384 =
      """
      -----BEGIN PUBLIC KEY-----
      MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEIp+GS7XvXMxaC2q9EuW5lLobmZuANKZH
      nxlv3nrEFRJP1d2K1H+DIb6PUNGjiEuPHr/IJHv6TWUoB7eWJtJzuhjIo3k/7GNb
      gWwf6GBduzfmzZDJFFLgDBCDR/pPC6RM
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl ecparam -name secp256k1}. */
  private static final String SECP256K1 =
      """
      -----BEGIN PUBLIC KEY-----
      MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAETOzlM0glX/S0OJcMIm6BODlmkHsMaH1A
      7qB6vJ6+R1DdnIgZ1d3iVZDwPIAwSPBL8FU8IsNQZkAPSFPHMIYsZA==
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl genpkey -algorithm ed25519}. */
  private static final String ED25519 =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAMkKATEsW6Un+5SJRWD2oeglpWZhuFuSGXAEa+2UVMzk=
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl genrsa 512 | openssl rsa -pubout}: too short for use. */
  private static final String RSA_512 =
      """
      -----BEGIN PUBLIC KEY-----
      MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAM5WND3YAjibY0c5KdSJQFh25IV9fupa
      JEyU7wtLilWCNQgm13cMjbQI5KbOH54f/UVlv68cZQFGW8lzAm1g1u0CAwEAAQ==
      -----END PUBLIC KEY-----
      """;

  private final PemPublicKeys keys = new PemPublicKeys();

  private static String base64(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
  }

  private static Stream<String> pasted(String pem) {
    return Stream.of(
        pem,
        pem.strip(),
        pem.replace("\n", "\r\n"),
        pem.replace("\n", "\r"),
        pem.replace("\n", " "),
        pem.replace("\n", ""),
        pem.replace("\n", "\\n"),
        pem.replace("\n", "\\r\\n"),
        pem.replace("\n", "\n\n"),
        pem.indent(4),
        "\uFEFF" + pem,
        " \t\n" + pem + "\n ",
        base64(pem),
        base64(pem).replaceAll("(.{64})", "$1\n"),
        base64(pem).replace("=", ""));
  }

  static Stream<String> ecKeys() {
    return Stream.of(EC, EC_CERTIFICATE).flatMap(PemPublicKeysTest::pasted);
  }

  static Stream<String> rsaKeys() {
    return Stream.of(RSA, RSA_PKCS1).flatMap(PemPublicKeysTest::pasted);
  }

  @ParameterizedTest
  @MethodSource("ecKeys")
  void readsAKeyOnP256(String text) {
    assertThat(keys.read(text)).isInstanceOf(Ec.class).isEqualTo(keys.read(EC));
  }

  @ParameterizedTest
  @MethodSource("rsaKeys")
  void readsAnRsaKey(String text) {
    assertThat(keys.read(text)).isInstanceOf(Rsa.class).isEqualTo(keys.read(RSA));
  }

  static Stream<Arguments> unfit() {
    String offTheCurve = base64(EC).substring(0, 118) + "AAAA";
    return Stream.of(
        Arguments.of("", Flaw.UNREADABLE, "empty"),
        Arguments.of(" \n\uFEFF", Flaw.UNREADABLE, "empty"),
        Arguments.of(RSA_512, Flaw.WEAK, "RSA with 512 bits, fewer than 2048"),
        Arguments.of(P_384, Flaw.WRONG_CURVE, "on another curve than P-256"),
        Arguments.of(EC_COMPRESSED, Flaw.UNREADABLE, "-conv_form uncompressed"),
        Arguments.of(SECP256K1, Flaw.WRONG_CURVE, "on another curve than P-256"),
        Arguments.of(offTheCurve, Flaw.UNREADABLE, "not a point of its curve"),
        Arguments.of(ED25519, Flaw.UNREADABLE, "neither an RSA key nor one on P-256"),
        Arguments.of(EC + EC, Flaw.UNREADABLE, "not one PEM"),
        Arguments.of("my key:\n" + EC, Flaw.UNREADABLE, "not one PEM"),
        Arguments.of(EC.replace("-----END PUBLIC KEY-----", ""), Flaw.UNREADABLE, "not one PEM"),
        Arguments.of("{\"kty\":\"EC\"}", Flaw.UNREADABLE, "not base64"),
        Arguments.of("pem", Flaw.UNREADABLE, "neither an RSA key nor one on P-256"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void tellsWhyATextIsNoKeyThatMayBeUsed(String text, Flaw flaw, String why) {
    assertThat(keys.read(text))
        .isInstanceOfSatisfying(
            Unfit.class,
            unfit -> {
              assertThat(unfit.flaw()).isEqualTo(flaw);
              assertThat(unfit.why()).contains(why);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void tellsThatAPrivateKeyIsOneAndRepeatsNothingOfIt(String label) {
    String secret = Base64.getEncoder().encodeToString(new byte[48]);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, secret);

    Reading reading = keys.read(pem);

    assertThat(reading.toString()).contains("private key").doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n====\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----"
      })
  void findsNoKeyInOtherText(String text) {
    assertThat(keys.read(text)).isInstanceOf(Unfit.class);
  }

  @Test
  void readsALabelAsWhatItSays() {
    assertThat(keys.read(RSA_PKCS1.replace("RSA PUBLIC KEY", "PUBLIC KEY")))
        .isInstanceOf(Unfit.class);
  }
}
