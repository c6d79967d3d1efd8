package conversations.deletion.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AttachmentPrefixPropertiesTest {

  /** Pieces that make a template right, nearly right or wrong. */
  private static final String[] PIECES = {
    "{botId}", "{conversationId}", "/", "#", "-", ".", "a", "_", " ", "{botId}/{conversationId}/"
  };

  record Ids(BotId bot, ConversationId conversation) {}

  /** Few characters, so that ids often begin others or look like parts of a template. */
  @Provide
  Arbitrary<Ids> ids() {
    Arbitrary<BotId> bots =
        Arbitraries.strings().withChars("a-_").ofMinLength(1).ofMaxLength(5).map(BotId::new);
    Arbitrary<ConversationId> conversations =
        Arbitraries.oneOf(
                Arbitraries.strings().withChars("a-._{}").ofMinLength(1).ofMaxLength(6),
                Arbitraries.of("{botId}", "{conversationId}", "a{botId}", "{conversationId}a"))
            .map(ConversationId::new);
    return Combinators.combine(bots, conversations).as(Ids::new);
  }

  @Provide
  Arbitrary<Optional<AttachmentPrefix>> prefixes() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> prefix(String.join("", pieces)));
  }

  private static Optional<AttachmentPrefix> prefix(String template) {
    try {
      return Optional.of(new AttachmentPrefix(template));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Property(tries = 20_000)
  void noConversationsPrefixBeginsAnothers(
      @ForAll("prefixes") Optional<AttachmentPrefix> taken,
      @ForAll("ids") Ids one,
      @ForAll("ids") Ids other) {
    AttachmentPrefix prefix = taken.orElse(AttachmentPrefix.USUAL);
    Assume.that(!one.equals(other));

    assertThat(prefix.of(one.bot(), one.conversation()))
        .doesNotStartWith(prefix.of(other.bot(), other.conversation()));
  }
}
