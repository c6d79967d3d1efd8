package conversations.deletion.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.access.UseToken.Use;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.VerifiedToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UseTokenTest {

  private static final Instant GOOD_UNTIL = Instant.parse("2026-05-08T06:23:56Z");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final JtiDigest JTI = JtiDigest.of("1");

  private final List<String> spent = new ArrayList<>();
  private Instant now = GOOD_UNTIL.minusMillis(1);
  private boolean first = true;

  private Use use(Optional<JtiDigest> goodOnce) {
    InstantSource clock = () -> now;
    return new UseToken(
            (app, jti, forgetAt) -> {
              spent.add(app + " " + jti + " " + forgetAt);
              return first;
            },
            clock)
        .use(new VerifiedToken(APP, GOOD_UNTIL, goodOnce));
  }

  @Test
  void acceptsATokenTimeAndAgainUntilItExpires() {
    assertThat(use(Optional.empty())).isEqualTo(Use.ACCEPTED);
    assertThat(use(Optional.empty())).isEqualTo(Use.ACCEPTED);
    now = GOOD_UNTIL;
    assertThat(use(Optional.empty())).isEqualTo(Use.EXPIRED);
    assertThat(spent).isEmpty();
  }

  /** The token must be remembered for longer than any clock accepts it. */
  @Test
  void spendsATokenThatIsGoodOnce() {
    assertThat(use(Optional.of(JTI))).isEqualTo(Use.ACCEPTED);
    assertThat(spent).containsExactly("app-1 " + JTI + " 2026-05-08T07:23:56Z");
  }

  @Test
  void refusesOneThatWasSpent() {
    first = false;

    assertThat(use(Optional.of(JTI))).isEqualTo(Use.ALREADY_USED);
  }

  /**
   * API Gateway may hold the token as good for five minutes more, and the table may have forgotten
   * it.
   */
  @Test
  void doesNotEvenSpendAnExpiredOne() {
    now = GOOD_UNTIL;

    assertThat(use(Optional.of(JTI))).isEqualTo(Use.EXPIRED);
    assertThat(spent).isEmpty();
  }
}
