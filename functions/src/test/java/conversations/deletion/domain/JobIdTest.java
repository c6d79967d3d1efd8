package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");

  /** The namespace and the formula must not change: otherwise old requests would get new jobs. */
  private static final UUID NAMESPACE = UUID.fromString("d1d1f5b4-1f0e-4b53-8c3f-5c0d6a3c5d5e");

  @Property
  void isTheNameBasedUuidOfRfc9562(
      @ForAll @AlphaChars @StringLength(min = 1, max = 128) String bot,
      @ForAll @AlphaChars @StringLength(min = 1, max = 128) String app,
      @ForAll String invocation)
      throws NoSuchAlgorithmException {
    JobId id = JobId.of(new BotId(bot), new ClientAppId(app), invocation);

    assertThat(JobId.isValid(id.value())).isTrue();
    assertThat(id).hasToString("cdj-" + version5(bot + '#' + app + "#invocation#" + invocation));
  }

  /** RFC 9562, section 5.5, written out. */
  private static UUID version5(String name) throws NoSuchAlgorithmException {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
    long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Test
  void differsByBotByClientAppAndByRequest() {
    JobId id = JobId.of(BOT, APP, "one");

    assertThat(id).isEqualTo(JobId.of(BOT, APP, "one"));
    assertThat(id).isNotEqualTo(JobId.of(new BotId("st-2"), APP, "one"));
    assertThat(id).isNotEqualTo(JobId.of(BOT, new ClientAppId("app-2"), "one"));
    assertThat(id).isNotEqualTo(JobId.of(BOT, APP, "two"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cdj-",
        "e8c0d360-6b5b-50ab-bda1-ae54b18a1b2c",
        "cdj-E8C0D360-6B5B-50AB-BDA1-AE54B18A1B2C",
        "cdj-e8c0d360-6b5b-50ab-bda1-ae54b18a1b2c ",
        "cdj-e8c0d3606b5b50abbda1ae54b18a1b2c",
        "cdj-e8c0d360-6b5b-50ab-bda1-ae54b18a1b2g"
      })
  void refusesOtherForms(String text) {
    assertThat(JobId.isValid(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new JobId(text));
  }

  @Test
  void takesTheReferencesOwnExample() {
    assertThat(JobId.isValid("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c")).isTrue();
  }
}
