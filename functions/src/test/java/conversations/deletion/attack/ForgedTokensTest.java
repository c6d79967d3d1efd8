package conversations.deletion.attack;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.jwt.NimbusTokens;
import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.AuthenticateClientApp.Authenticated;
import conversations.deletion.application.access.AuthenticateClientApp.Authentication;
import conversations.deletion.application.access.AuthenticateClientApp.Refused;
import conversations.deletion.application.access.TokenRules;
import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.attack.ForgedTokens.Forged;
import conversations.deletion.testing.KnownSecrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged tokens are refused. Honest ones of the same maker are accepted, which proves the test. */
class ForgedTokensTest {

  private static final List<Forged> FORGED = ForgedTokens.all();

  private final AuthenticateClientApp authenticateClientApp =
      new AuthenticateClientApp(
          new NimbusTokens(),
          app ->
              Optional.ofNullable(ForgedTokens.CLIENT_APPS.get(app.value()))
                  .map(registered -> new Registration(Optional.of(registered), List.of())),
          KnownSecrets.of(ForgedTokens.SECRET),
          new PemPublicKeys(),
          new TokenRules(Duration.ofDays(1), ForgedTokens.AUDIENCE),
          InstantSource.fixed(ForgedTokens.NOW));

  static List<Forged> forged() {
    return FORGED;
  }

  @AfterAll
  static void tellHowMany() {
    System.out.println("Forged or abused tokens tried: " + FORGED.size());
  }

  @ParameterizedTest
  @MethodSource("forged")
  void noneGetsIn(Forged forged) {
    Authentication authentication = authenticateClientApp.authenticate(forged.token());

    assertThat(authentication).isInstanceOf(Refused.class);
    assertThat(((Refused) authentication).why()).isEqualTo(forged.why());
  }

  @Test
  void honestOnesDo() {
    for (String token : ForgedTokens.honest()) {
      assertThat(authenticateClientApp.authenticate(token)).isInstanceOf(Authenticated.class);
    }
  }

  @Test
  void areManyAndAllDifferent() {
    assertThat(FORGED).hasSizeGreaterThanOrEqualTo(60);
    assertThat(FORGED).extracting(Forged::name).doesNotHaveDuplicates();
    assertThat(FORGED).extracting(Forged::token).doesNotHaveDuplicates();
  }
}
