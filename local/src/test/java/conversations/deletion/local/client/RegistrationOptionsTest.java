package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationOptionsTest {

  private static RegistrationOptions read(Map<String, String> properties) {
    return RegistrationOptions.read(properties::get);
  }

  @Test
  void haveDefaultsForEverything() {
    var options = read(Map.of("appId", "", "bot", " "));

    assertThat(options.appId()).startsWith("app-");
    assertThat(options.algorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(options.requiresJti()).isFalse();
    assertThat(options.deployed()).isEmpty();
    assertThat(options.grants("st-1"))
        .isEqualTo(Map.of("st-1", Set.of("Delete Conversations", "Logs History")));
  }

  @Test
  void nameBotsAndScopesWithCommasBetween() {
    var options =
        read(
            Map.of(
                "appId", "shop",
                "bot", "st-1, st-2",
                "scopes", "Logs History",
                "algorithm", "ES256",
                "requiresJti", "true"));

    assertThat(options.appId()).isEqualTo("shop");
    assertThat(options.algorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(options.requiresJti()).isTrue();
    assertThat(options.grants("st-3"))
        .isEqualTo(Map.of("st-1", Set.of("Logs History"), "st-2", Set.of("Logs History")));
  }

  @Test
  void nameADeployedStackByItsOutputs() {
    assertThat(
            read(Map.of("clientAppsTable", "Apps", "secretsPrefix", "stack/", "bot", "st-1"))
                .deployed())
        .contains(new RegistrationOptions.Deployed("Apps", "stack/"));
    assertThatThrownBy(() -> read(Map.of("clientAppsTable", "Apps", "bot", "st-1")))
        .hasMessageContaining("-DsecretsPrefix");
    assertThatThrownBy(() -> read(Map.of("clientAppsTable", "Apps", "secretsPrefix", "stack/")))
        .hasMessageContaining("-Dbot");
  }

  @ParameterizedTest
  @CsvSource({
    "appId, a b",
    "bot, 'st-1,st 2'",
    "scopes, 'Logs History,Everything'",
    "algorithm, none",
    "algorithm, HS512"
  })
  void refuseWhatTheServiceWouldNotUnderstand(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-D" + name);
  }

  @Test
  void refuseMoreBotsThanAClientAppCanHave() {
    var bots = IntStream.rangeClosed(1, 101).mapToObj(i -> "st-" + i);

    assertThatThrownBy(() -> read(Map.of("bot", bots.collect(Collectors.joining(",")))))
        .hasMessageContaining("100");
  }
}
