package conversations.deletion.adapter.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Tokens.Claims;
import conversations.deletion.application.port.Tokens.Token;
import conversations.deletion.application.port.Tokens.VerificationKey.Hs256;
import conversations.deletion.domain.ClientAppId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens are made by hand, so that they can be such as no library makes. */
class NimbusTokensTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
          .getBytes(StandardCharsets.UTF_8);
  private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String CLAIMS = "{\"appId\":\"app-1\",\"exp\":1778221376}";

  private final NimbusTokens tokens = new NimbusTokens();

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(String header, String claims, String mac, byte[] secret) {
    try {
      String content = base64(header) + "." + base64(claims);
      Mac signer = Mac.getInstance(mac);
      signer.init(new SecretKeySpec(secret, mac));
      return content
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(signer.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String signed(String header, String claims) {
    return signed(header, claims, "HmacSHA256", SECRET);
  }

  private boolean isAccepted(String text) {
    return tokens.read(text).map(token -> token.isSignedWith(new Hs256(SECRET))).orElse(false);
  }

  @Test
  void readsWhatATokenClaims() {
    Token token =
        tokens
            .read(
                signed(
                    HS256,
                    "{\"appId\":\"app-1\",\"exp\":1778221376,\"nbf\":1000,\"iat\":2000.5,\"jti\":\"one\"}"))
            .orElseThrow();

    assertThat(token.claims())
        .isEqualTo(
            new Claims(
                new ClientAppId("app-1"),
                Optional.of(Instant.ofEpochSecond(1778221376)),
                Optional.of(Instant.ofEpochSecond(1000)),
                Optional.of(Instant.ofEpochSecond(2000)),
                Optional.of("one"),
                Optional.empty()));
    assertThat(token.isSignedWith(new Hs256(SECRET))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"this\"          | this",
        "[\"this\",\"that\"] | this,that",
        "[]              | ``",
      })
  void readsForWhomATokenIs(String aud, String audience) {
    assertThat(read("\"aud\":" + aud).orElseThrow().claims().audience())
        .hasValueSatisfying(values -> assertThat(String.join(",", values)).isEqualTo(audience));
  }

  /** Else a token that was meant for others would count as one that is meant for nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "null", "{}", "[7]", "[\"this\",null]"})
  void refusesATokenOfWhichItIsNotClearForWhomItIs(String aud) {
    assertThat(read("\"aud\":" + aud)).isEmpty();
  }

  private Optional<Token> read(String claims) {
    return tokens.read(signed(HS256, "{\"appId\":\"app-1\"," + claims + "}"));
  }

  @Test
  void timesMayBeMissing() {
    assertThat(tokens.read(signed(HS256, "{\"appId\":\"app-1\"}")).orElseThrow().claims())
        .isEqualTo(
            new Claims(
                new ClientAppId("app-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"appid\":\"app-1\",\"exp\":1778221376}",
        "{\"appId\":null,\"exp\":1778221376}",
        "{\"appId\":1,\"exp\":1778221376}",
        "{\"appId\":[\"app-1\"],\"exp\":1778221376}",
        "{\"appId\":\"\",\"exp\":1778221376}",
        "{\"appId\":\"app 1\",\"exp\":1778221376}",
        "{\"appId\":\"app-1#\",\"exp\":1778221376}",
        "{\"appId\":\"app-1\",\"exp\":\"1778221376\"}",
        "{\"appId\":\"app-1\",\"exp\":1778221376,\"nbf\":\"soon\"}",
        "{\"appId\":\"app-1\",\"appId\":\"app-1\",\"exp\":1778221376}",
        "{\"appId\":\"app-2\",\"exp\":1778221376,\"appId\":\"app-1\"}",
        "[\"appId\"]",
        "\"appId\"",
        "",
        "appId"
      })
  void refusesClaimsThatNameNoClientAppOrAreUnreadable(String claims) {
    assertThat(tokens.read(signed(HS256, claims))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"alg\":null}",
        "{\"alg\":\"none\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS384\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}"
      })
  void refusesHeadersOfAnotherAlgorithmOrWithCriticalExtensions(String header) {
    assertThat(isAccepted(signed(header, CLAIMS))).isFalse();
  }

  @Test
  void refusesOtherHashesThoughTheSecretIsRight() {
    assertThat(isAccepted(signed("{\"alg\":\"HS512\"}", CLAIMS, "HmacSHA512", SECRET))).isFalse();
    assertThat(isAccepted(signed("{\"alg\":\"HS384\"}", CLAIMS, "HmacSHA384", SECRET))).isFalse();
    assertThat(isAccepted(signed(HS256, CLAIMS, "HmacSHA512", SECRET))).isFalse();
  }

  /** RFC 8725, section 3.10: the author of a token must not choose the key. */
  @Test
  void ignoresKeysThatATokenBringsAlong() {
    byte[] own = "an attacker's own secret of 32 bytes or more".getBytes(StandardCharsets.UTF_8);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(own);
    String header =
        "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\",\"jku\":\"https://attacker.example/\","
            + "\"jwk\":{\"kty\":\"oct\",\"k\":\""
            + key
            + "\"}}";

    assertThat(isAccepted(signed(header, CLAIMS, "HmacSHA256", own))).isFalse();
  }

  @Test
  void refusesSignaturesThatDoNotFit() {
    String good = signed(HS256, CLAIMS);
    int dot = good.lastIndexOf('.');

    assertThat(isAccepted(good)).isTrue();
    assertThat(isAccepted(good.substring(0, good.length() - 4))).isFalse();
    assertThat(isAccepted(good + "AAAA")).isFalse();
    assertThat(isAccepted(good.substring(0, dot + 1) + "A".repeat(43))).isFalse();
    assertThat(isAccepted(signed(HS256, CLAIMS, "HmacSHA256", new byte[32]))).isFalse();
    assertThat(
            isAccepted(
                base64(HS256)
                    + "."
                    + base64(CLAIMS.replace("app-1", "app-2"))
                    + good.substring(dot)))
        .isFalse();
  }

  @Test
  void takesTheCompactFormAndNothingRoundIt() {
    String good = signed(HS256, CLAIMS);
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);

    for (String text :
        new String[] {
          " " + good,
          good + " ",
          good + "\n",
          "Bearer " + good,
          good + "," + good,
          good + ".",
          "." + good,
          unsigned,
          unsigned.substring(0, unsigned.length() - 1),
          good + "=",
          good.replace('.', ' '),
          good + ".AAAA.AAAA",
          "..",
          "{\"payload\":\"\",\"signatures\":[]}"
        }) {
      assertThat(tokens.read(text)).as(text).isEmpty();
    }
  }

  @Test
  void survivesDeepNesting() {
    String deep = "{\"appId\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(tokens.read(signed(HS256, deep))).isEmpty();
  }
}
