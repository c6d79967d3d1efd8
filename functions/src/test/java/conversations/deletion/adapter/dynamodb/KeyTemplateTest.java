package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Placeholder.BOT;
import static conversations.deletion.adapter.dynamodb.Placeholder.CONVERSATION;
import static conversations.deletion.adapter.dynamodb.Placeholder.MOMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {

  @Provide
  Arbitrary<KeyTemplate> templates() {
    return Arbitraries.of(
            "{botId}#{conversationId}",
            "BOT#{botId}#CONV#{conversationId}",
            "{conversationId}#{botId}",
            "c/{conversationId}/{botId}/x",
            "{botId}:{conversationId}",
            "#{conversationId}##{botId}#",
            "CONV#{conversationId}#BOT#{botId}")
        .map(KeyTemplate::new);
  }

  @Provide
  Arbitrary<String> bots() {
    return Arbitraries.strings().withChars("aZ0-_").ofMinLength(1).ofMaxLength(8);
  }

  /** What callers may name, and half of the time what a platform alone may have written. */
  @Provide
  Arbitrary<String> conversations() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('!', '~').excludeChars('#', '/').ofMinLength(1),
        Arbitraries.strings().withChars("aB#:/-_ \u00e9").ofMinLength(1).ofMaxLength(12));
  }

  private static Map<Placeholder, String> ids(String bot, String conversation) {
    return Map.of(BOT, bot, CONVERSATION, conversation);
  }

  @Property
  void aKeyReadsAsWhatItWasMadeOf(
      @ForAll("templates") KeyTemplate template,
      @ForAll("bots") String bot,
      @ForAll("conversations") String conversation) {
    Optional<String> key = template.make(ids(bot, conversation));

    key.ifPresent(made -> assertThat(template.read(made)).contains(ids(bot, conversation)));
    if (conversation.chars().allMatch(c -> c > ' ' && c <= '~' && c != '#' && c != '/')) {
      assertThat(key).as("every id that a caller may name has a key").isPresent();
    }
  }

  @Property
  void noKeyIsThatOfTwoConversations(
      @ForAll("templates") KeyTemplate template,
      @ForAll("bots") String bot,
      @ForAll("conversations") String conversation,
      @ForAll("bots") String otherBot,
      @ForAll("conversations") String otherConversation) {
    Map<Placeholder, String> one = ids(bot, conversation);
    Map<Placeholder, String> other = ids(otherBot, otherConversation);

    template
        .make(one)
        .filter(key -> template.make(other).filter(key::equals).isPresent())
        .ifPresent(_ -> assertThat(one).isEqualTo(other));
  }

  @Property
  void whatIsReadMakesTheSameKey(
      @ForAll("templates") KeyTemplate template, @ForAll("conversations") String key) {
    template.read(key).ifPresent(ids -> assertThat(template.make(ids)).contains(key));
  }

  @Test
  void readsKeysThatArePutTogetherOtherwiseAsNone() {
    KeyTemplate template = new KeyTemplate("BOT#{botId}#CONV#{conversationId}");

    for (String key :
        List.of(
            "",
            "BOT#st-1",
            "BOT#st-1#CONV#",
            "BOT##CONV#c",
            "BOT#s t#CONV#c",
            "BOT#st-1#CONVERSATION#c",
            "xBOT#st-1#CONV#c")) {
      assertThat(template.read(key)).as(key).isEmpty();
    }
    assertThat(template.read("BOT#st-1#CONV#a#b")).contains(ids("st-1", "a#b"));
  }

  /** A key of it would be read as another's. */
  @Test
  void makesNoKeyOfAnIdThatHoldsWhatEndsIt() {
    KeyTemplate template = new KeyTemplate("CONV#{conversationId}#{botId}");

    assertThat(template.make(ids("st-1", "c#st-2"))).isEmpty();
    assertThat(template.make(ids("st-1", "c"))).contains("CONV#c#st-1");
  }

  @Test
  void passesOverWhatIsNotAskedFor() {
    KeyTemplate template = new KeyTemplate("{any}#{moment}#{any}");

    assertThat(template.read("MSG#2026-05-04T09:30:00+02:00#01#x"))
        .contains(Map.of(MOMENT, "2026-05-04T09:30:00+02:00"));
    assertThat(template.read("META")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOT#{bot}#x       | character 5: {bot} is no placeholder
          {botId}{cId}      | character 8: where {botId} ends can't be told, as {cId} follows at once
          b{botId}-{cId}    | character 9: where {botId} ends can't be told, as it may hold '-' itself
          {cId}:{botId}     | character 6: where {cId} ends can't be told, as it may hold ':' itself
          {moment}Z         | character 9: where {moment} ends can't be told, as it may hold 'Z' itself
          #{botId}#{botId}  | character 10: {botId} comes twice
          a{botId           | character 2: this brace has no other
          a}                | character 2: this brace has no other
          """)
  void saysAtWhichCharacterATemplateIsWrong(String text, String fault) {
    assertThatThrownBy(() -> new KeyTemplate(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s', %s", text, fault);
  }
}
