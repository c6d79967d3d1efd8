package conversations.deletion.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentPrefixTest {

  private static final BotId BOT = new BotId("st-1");

  @ParameterizedTest
  @CsvSource({
    "{botId}/{conversationId}/, st-1/c-1/",
    "media/{botId}/{conversationId}/files-, media/st-1/c-1/files-",
    "{conversationId}/{botId}/, c-1/st-1/",
    "{botId}.{conversationId}#, st-1.c-1#",
    "bot={botId}/conversation={conversationId}/, bot=st-1/conversation=c-1/",
    "/{botId}//{conversationId}//, /st-1//c-1//"
  })
  void putsTheIdsWhereTheTemplateHasThem(String template, String prefix) {
    assertThat(new AttachmentPrefix(template).of(BOT, new ConversationId("c-1"))).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{botId}/{conversationId}; must have a character after {conversationId}",
        "{conversationId}/{botId}; must have a character after {botId}",
        "{botId}{conversationId}/; must have a character after {botId}",
        "{conversationId}{botId}/; must have a character after {conversationId}",
        "{conversationId}-{botId}/; must have a character after {conversationId}",
        "{conversationId}.{botId}/; must have a character after {conversationId}",
        "{botId}-{conversationId}/; must have a character after {botId}",
        "{botId}_x/{conversationId}/; must have a character after {botId}",
        "{botId}/{conversationId}-files/; must have a character after {conversationId}",
        "{conversationId}/; must have {botId} once",
        "{botId}/; must have {conversationId} once",
        "attachments/; must have {botId} once",
        "{botId}/{conversationId}/{botId}/; must have {botId} once",
        "{botId}/{conversationId}/{conversationId}/; must have {conversationId} once",
        "{botId}/{conversationId}/{channel}/; has a brace that belongs to neither",
        "{botid}/{botId}/{conversationId}/; has a brace that belongs to neither",
        "{{botId}/{conversationId}/; has a brace that belongs to neither",
        "{botId}/{conversationId}/é; printable ASCII"
      })
  void refusesATemplateByWhichOnePrefixCouldBeginAnother(String template, String fault) {
    assertThatThrownBy(() -> new AttachmentPrefix(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + template + "'")
        .hasMessageContaining(fault);
  }

  @Test
  void refusesATemplateThatLeavesNoRoomForKeys() {
    String fixed = "x".repeat(AttachmentPrefix.MAX_LENGTH - "{botId}/{conversationId}/".length());

    assertThat(new AttachmentPrefix(fixed + "{botId}/{conversationId}/").template())
        .hasSize(AttachmentPrefix.MAX_LENGTH);
    assertThatThrownBy(() -> new AttachmentPrefix(fixed + "x{botId}/{conversationId}/"))
        .hasMessageContaining("64");
  }

  /** In {@code st-1/a/x} lie attachments of conversation {@code a}. */
  @ParameterizedTest
  @ValueSource(strings = {"a/x", "a#x", "a x", "é"})
  void makesNoPrefixOfAnIdThatTheApiWouldRefuse(String id) {
    assertThatThrownBy(() -> AttachmentPrefix.USUAL.of(BOT, new ConversationId(id)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{botId}", "{conversationId}", "{botId", "$1", "\\1"})
  void takesAnIdThatLooksLikeAPlaceForWhatItIs(String id) {
    assertThat(AttachmentPrefix.USUAL.of(BOT, new ConversationId(id)))
        .isEqualTo("st-1/" + id + "/");
  }
}
