package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewIdTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final StackKey KEY = new StackKey(new byte[32]);

  @Test
  void isTheSameForTheSameKeyAndNotThatOfAJob() {
    IdempotencyKey key = new IdempotencyKey("k");
    PreviewId id = PreviewId.of(BOT, APP, key, KEY);

    assertThat(PreviewId.of(BOT, APP, key, KEY)).isEqualTo(id);
    assertThat(PreviewId.of(new BotId("st-2"), APP, key, KEY)).isNotEqualTo(id);
    assertThat(id.value()).matches("cdp-[0-9a-f-]{36}");
    assertThat(id.value().substring(4))
        .isNotEqualTo(JobId.of(BOT, APP, key, KEY).value().substring(4));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "cdp-",
        "cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c",
        "cdp-2E5C62AD-df3a-542b-a59e-c72768ba1b2c",
        "cdp-2e5c62ad-df3a-542b-a59e-c72768ba1b2c/",
      })
  void isNothingElse(String value) {
    assertThat(PreviewId.isValid(value)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PreviewId(value));
  }
}
