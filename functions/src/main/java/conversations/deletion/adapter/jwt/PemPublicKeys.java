package conversations.deletion.adapter.jwt;

import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import conversations.deletion.application.port.PublicKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Public keys as people paste them.
 *
 * <p>It reads SubjectPublicKeyInfo (RFC 7468, section 13), as {@code openssl pkey -pubout} writes
 * it; a public key of PKCS #1 (RFC 8017); and a certificate, of which only the key counts: neither
 * its dates nor its issuer. Each may be PEM in several lines or in one, with line breaks of any
 * kind, written out as {@code \n} or left out; or the bare base64 of a PEM.
 *
 * <p>Nimbus can read PEM only with Bouncy Castle.
 */
public final class PemPublicKeys implements PublicKeys {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final int MIN_RSA_BITS = 2048;

  /** In DER, the algorithm of an RSA key: rsaEncryption, without parameters (RFC 8017, A.1). */
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** In DER, the name of the algorithm of all keys on elliptic curves (RFC 5480, section 2.1.1). */
  private static final String EC_PUBLIC_KEY = "06072a8648ce3d0201";

  private static final int BIT_STRING = 0x03;
  private static final int SEQUENCE = 0x30;

  @Override
  public Reading read(String text) {
    String clean = text.replace("\uFEFF", "").replace("\\r", "\n").replace("\\n", "\n").strip();
    if (clean.isEmpty()) {
      return unreadable("empty");
    }
    if (!clean.contains("-----")) {
      return ofBase64("", clean);
    }
    Matcher pem = PEM.matcher(clean);
    if (!pem.matches()) {
      return unreadable("not one PEM from its BEGIN to its END, with nothing before or after it");
    }
    return pem.group(1).endsWith("PRIVATE KEY")
        ? unreadable("a private key. It must be nowhere but with the client app: replace the pair")
        : ofBase64(pem.group(1), pem.group(2));
  }

  /**
   * @param label empty if it is not known what was encoded
   */
  private static Reading ofBase64(String label, String base64) {
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      return unreadable("not base64");
    }
    Optional<PublicKey> key =
        switch (label) {
          case "PUBLIC KEY" -> ofInfo(encoded);
          case "RSA PUBLIC KEY" -> ofInfo(infoOfRsa(encoded));
          case "CERTIFICATE" -> ofCertificate(encoded);
          case "" ->
              ofInfo(encoded).or(() -> ofInfo(infoOfRsa(encoded))).or(() -> ofCertificate(encoded));
          default -> Optional.empty();
        };
    return key.map(PemPublicKeys::judged).orElseGet(() -> unreadable(encoded));
  }

  private static Reading judged(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() < MIN_RSA_BITS ->
          new Unfit(
              Flaw.WEAK,
              "RSA with %d bits, fewer than %d"
                  .formatted(rsa.getModulus().bitLength(), MIN_RSA_BITS));
      case RSAPublicKey rsa -> new Rsa(rsa);
      case ECPublicKey ec when !Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams())) ->
          new Unfit(Flaw.WRONG_CURVE, "on another curve than P-256");
      case ECPublicKey ec when !ECChecks.isPointOnCurve(ec, ec.getParams()) ->
          unreadable("not a point of its curve");
      case ECPublicKey ec -> new Ec(ec);
      default -> unreadable("neither an RSA key nor one on P-256");
    };
  }

  private static Unfit unreadable(byte[] encoded) {
    return unreadable(
        HexFormat.of().formatHex(encoded).contains(EC_PUBLIC_KEY)
            ? "on a curve, but not P-256 by its name with an uncompressed point. This writes it so:"
                + " openssl ec -pubin -conv_form uncompressed -param_enc named_curve"
            : "neither an RSA key nor one on P-256");
  }

  private static Unfit unreadable(String why) {
    return new Unfit(Flaw.UNREADABLE, why);
  }

  private static Optional<PublicKey> ofCertificate(byte[] encoded) {
    try {
      return Optional.of(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded))
              .getPublicKey());
    } catch (CertificateException _) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> ofInfo(byte[] encoded) {
    return ofInfo(encoded, "RSA").or(() -> ofInfo(encoded, "EC"));
  }

  private static Optional<PublicKey> ofInfo(byte[] encoded, String algorithm) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (InvalidKeySpecException _) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** The SubjectPublicKeyInfo of an RSA key that is encoded by PKCS #1. */
  private static byte[] infoOfRsa(byte[] encoded) {
    byte[] noUnusedBits = {0};
    return der(SEQUENCE, RSA_ENCRYPTION, der(BIT_STRING, noUnusedBits, encoded));
  }

  /** Encodes two parts as one value, its length in two bytes as far as that is needed. */
  private static byte[] der(int tag, byte[] first, byte[] second) {
    int length = first.length + second.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length > 0xff) {
      out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
    } else if (length > 0x7f) {
      out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
    } else {
      out.write(length);
    }
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
