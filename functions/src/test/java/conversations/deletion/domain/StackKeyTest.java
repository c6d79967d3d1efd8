package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackKeyTest {

  private static final StackKey KEY = key("a secret of a stack, of 32 bytes");
  private static final StackKey OTHER = key("a secret of another stack, of 32");
  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final IdempotencyKey TICKET = new IdempotencyKey("ERASE-20871");

  private static StackKey key(String secret) {
    return new StackKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  private static DeletionRequest of(String user) {
    return new DeletionRequest.ByChannelUser(
        new ChannelUserId(user), Optional.empty(), Optional.empty());
  }

  /** RFC 4231, section 4.3, with its key filled up: zeros at its end do not change an HMAC. */
  @Test
  void hashesWithHmacSha256() {
    byte[] jefe = new byte[32];
    System.arraycopy("Jefe".getBytes(StandardCharsets.US_ASCII), 0, jefe, 0, 4);

    assertThat(new StackKey(jefe).hash("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void isLongEnoughToWithstandTrial() {
    assertThatThrownBy(() -> new StackKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNotShownByAccident() {
    assertThat(KEY.toString()).isEqualTo("StackKey");
  }

  /** Both stand in tables and logs, and there are few tickets and few users to try. */
  @Test
  void whoDoesNotHaveItFindsNoIdempotencyKeyAndNoUserByTrial() {
    assertThat(JobId.of(BOT, APP, TICKET, KEY)).isNotEqualTo(JobId.of(BOT, APP, TICKET, OTHER));
    assertThat(RequestFingerprint.of(of("u-1"), TICKET, KEY))
        .isNotEqualTo(RequestFingerprint.of(of("u-1"), TICKET, OTHER));
  }

  /** Or a request that is sent again after an upgrade would be refused. */
  @Test
  void aRequestWithoutAMomentHasTheFingerprintThatItAlwaysHad() {
    String key = KEY.hash(TICKET.value());
    Terms referenced = Terms.of(Optional.of(new Reference("REQ-1")));

    assertThat(RequestFingerprint.of(of("u-1"), TICKET, KEY).value())
        .isEqualTo(KEY.hash(key + "#user u-1 from default to default"));
    assertThat(
            RequestFingerprint.of(
                    new DeletionRequest.ByConversations(
                        List.of(new ConversationId("b"), new ConversationId("a")), referenced),
                    TICKET,
                    KEY)
                .value())
        .isEqualTo(KEY.hash(key + "#conversations a b#REQ-1"));
  }

  @Test
  void theSameRequestGivesTheSameIdAndFingerprint() {
    assertThat(JobId.of(BOT, APP, TICKET, KEY)).isEqualTo(JobId.of(BOT, APP, TICKET, KEY));
    assertThat(RequestFingerprint.of(of("u-1"), TICKET, KEY))
        .isEqualTo(RequestFingerprint.of(of("u-1"), TICKET, KEY));
  }

  @Test
  void anotherBotClientAppOrKeyGivesAnotherId() {
    assertThat(
            List.of(
                JobId.of(BOT, APP, TICKET, KEY),
                JobId.of(new BotId("st-2"), APP, TICKET, KEY),
                JobId.of(BOT, new ClientAppId("app-2"), TICKET, KEY),
                JobId.of(BOT, APP, new IdempotencyKey("ERASE-20872"), KEY)))
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherRequestOrKeyGivesAnotherFingerprint() {
    assertThat(
            List.of(
                RequestFingerprint.of(of("u-1"), TICKET, KEY),
                RequestFingerprint.of(of("u-2"), TICKET, KEY),
                RequestFingerprint.of(of("u-1"), new IdempotencyKey("ERASE-20872"), KEY)))
        .doesNotHaveDuplicates();
  }
}
