package conversations.deletion.application.access;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** The curve P-256, the only one of ES256 (RFC 7518, section 3.4). */
final class P256 {

  private static final ECParameterSpec PARAMETERS = parameters();

  private P256() {}

  static boolean isCurveOf(ECPublicKey key) {
    ECParameterSpec its = key.getParams();
    return its.getCurve().equals(PARAMETERS.getCurve())
        && its.getGenerator().equals(PARAMETERS.getGenerator())
        && its.getOrder().equals(PARAMETERS.getOrder())
        && its.getCofactor() == PARAMETERS.getCofactor();
  }

  private static ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}
