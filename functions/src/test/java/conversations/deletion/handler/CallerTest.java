package conversations.deletion.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.VerifiedToken;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CallerTest {

  private static final VerifiedToken TOKEN =
      new VerifiedToken(new ClientAppId("app-1"), Instant.ofEpochSecond(1_000), Optional.empty());

  @Test
  void travelsAsText() {
    Caller caller =
        new Caller(
            TOKEN,
            new Grants(
                Map.of(
                    new BotId("st-2"), Set.of(Scope.LOGS_HISTORY),
                    new BotId("st-1"), EnumSet.allOf(Scope.class))));

    assertThat(caller.toContext())
        .isEqualTo(
            Map.of(
                "appId",
                "app-1",
                "tokenGoodUntil",
                "1000",
                "grants",
                "st-1=Delete Conversations|Hold Conversations|Logs History;st-2=Logs History"));
  }

  @Test
  void handsOnWhatATokenThatIsGoodOnceIsKnownBy() {
    VerifiedToken once =
        new VerifiedToken(TOKEN.clientApp(), TOKEN.goodUntil(), Optional.of(JtiDigest.of("jti-1")));
    Caller caller = new Caller(once, new Grants(Map.of()));

    assertThat(Caller.ofContext(caller.toContext())).isEqualTo(caller);
  }

  @Provide
  Arbitrary<Map<BotId, Set<Scope>>> grants() {
    return Arbitraries.maps(
        Arbitraries.strings().withChars("aZ0-_").ofMinLength(1).ofMaxLength(10).map(BotId::new),
        Arbitraries.of(Scope.class).set());
  }

  @Property
  void arrivesAsItSetOut(@ForAll("grants") Map<BotId, Set<Scope>> grants) {
    Caller caller = new Caller(TOKEN, new Grants(grants));

    assertThat(Caller.ofContext(caller.toContext())).isEqualTo(caller);
  }

  @Test
  void ignoresScopesOfALaterVersion() {
    assertThat(Caller.ofContext(context("st-1=New Scope|Logs History")).grants())
        .isEqualTo(new Grants(Map.of(new BotId("st-1"), Set.of(Scope.LOGS_HISTORY))));
  }

  @Test
  void isNobodyWithoutAnAuthorizer() {
    assertThatThrownBy(() -> Caller.ofContext(Map.of("grants", "")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Caller.ofContext(Map.of("appId", "app-1", "grants", "")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Caller.ofContext(null)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mayDoNothingWithoutGrants() {
    Caller nothing = new Caller(TOKEN, new Grants(Map.of()));

    assertThat(Caller.ofContext(Map.of("appId", "app-1", "tokenGoodUntil", "1000")))
        .isEqualTo(nothing);
    assertThat(Caller.ofContext(context(""))).isEqualTo(nothing);
  }

  private static Map<String, Object> context(String grants) {
    return Map.of("appId", "app-1", "tokenGoodUntil", "1000", "grants", grants);
  }
}
