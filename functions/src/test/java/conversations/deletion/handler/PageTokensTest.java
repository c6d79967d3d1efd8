package conversations.deletion.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {

  private static final String POSITION =
      "2026-05-08T17:49:06.505Z#cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c";

  private final PageTokens tokens = new PageTokens("jobs", "st-1", "");

  @Property
  void giveTheirPositionBack(@ForAll @CharRange(from = ' ', to = '~') String position) {
    String token = tokens.write(position);

    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(tokens.read(token)).contains(position);
  }

  @Property
  void areRefusedWhereAnythingIsAltered(
      @ForAll @IntRange(max = 102) int place, @ForAll @CharRange(from = '!', to = '~') char other) {
    String token = tokens.write(POSITION);
    assertThat(token).hasSize(103);
    StringBuilder altered = new StringBuilder(token);
    altered.setCharAt(place, other);

    assertThat(tokens.read(altered.toString()).isPresent()).isEqualTo(token.contentEquals(altered));
  }

  @Test
  void areRefusedByEveryOtherListing() {
    String token = tokens.write(POSITION);

    assertThat(new PageTokens("jobs", "st-2", "").read(token)).isEmpty();
    assertThat(new PageTokens("jobs", "st-1", "queued").read(token)).isEmpty();
    assertThat(new PageTokens("conversations", "st-1", "").read(token)).isEmpty();
    assertThat(new PageTokens("jobs", "st-1").read(token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "AAAAAAAAAAAAAAAA", "=", "....", "%00", "\u0000"})
  void areRefusedWhereTheyAreNone(String text) {
    assertThat(tokens.read(text)).isEmpty();
  }

  /** With padding or another alphabet, a position would have a second token. */
  @Test
  void haveOneWrittenForm() {
    byte[] token = Base64.getUrlDecoder().decode(tokens.write(POSITION));

    assertThat(tokens.read(Base64.getUrlEncoder().encodeToString(token))).isEmpty();
    assertThat(tokens.read(tokens.write(POSITION) + "\n")).isEmpty();
  }

  @Property
  void anyTextIsATokenOrNone(@ForAll String text) {
    assertThat(tokens.read(text)).isEmpty();
    assertThat(
            tokens.read(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1))))
        .isEmpty();
  }
}
