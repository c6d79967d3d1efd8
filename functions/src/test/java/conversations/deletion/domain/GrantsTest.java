package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {

  private static final BotId BOT = new BotId("st-1");

  @Test
  void allowAScopeWithTheBotThatItWasGrantedFor() {
    Grants grants = new Grants(Map.of(BOT, Set.of(Scope.LOGS_HISTORY)));

    assertThat(grants.allow(BOT, Scope.LOGS_HISTORY)).isTrue();
    assertThat(grants.allow(BOT, Scope.DELETE_CONVERSATIONS)).isFalse();
    assertThat(grants.allow(new BotId("st-2"), Scope.LOGS_HISTORY)).isFalse();
  }

  @Test
  void mayBeNone() {
    assertThat(new Grants(Map.of()).allow(BOT, Scope.LOGS_HISTORY)).isFalse();
    assertThat(new Grants(Map.of(BOT, Set.of())).allow(BOT, Scope.LOGS_HISTORY)).isFalse();
  }
}
