package conversations.deletion.client.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasebookReaderTest {
  private static final String NAMES = "names: Ada, Bo";
  private static final String CITIES = "cities: Leeds";
  private static final String DATE = "date: d MMMM";

  @Test
  void readsScriptsWithTheirLinesAndPayloads() {
    Phrasebook phrasebook =
        parse(
            "[greet] small_talk, short",
            "user: Hello",
            "tool: crm.find name={name} city={city}",
            "bot: Hello {name}: how are you?",
            "buttons: Fine | Not so \"well\"",
            "[part] small_talk",
            "bot: Bye",
            "card: {\"a\":1}");

    assertThat(phrasebook.names()).containsExactly("Ada", "Bo");
    assertThat(phrasebook.scripts())
        .containsExactly(
            new Script(
                "greet",
                List.of("small_talk", "short"),
                List.of(
                    new Script.UserSays("Hello"),
                    new Script.ToolCall("crm.find", "name={name} city={city}"),
                    new Script.BotSays(
                        "Hello {name}: how are you?",
                        """
                        {"quickReplies":[{"title":"Fine"},{"title":"Not so \\"well\\""}]}\
                        """))),
            new Script(
                "part", List.of("small_talk"), List.of(new Script.BotSays("Bye", "{\"a\":1}"))));
  }

  @Test
  void refusesALineThatItDoesNotKnow() {
    assertThatThrownBy(() -> parse("[greet] a", "usr: Hello"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("usr: Hello");
  }

  @Test
  void refusesButtonsThatBelongToNoLineOfTheBot() {
    assertThatThrownBy(() -> parse("[greet] a", "user: Hello", "buttons: Yes | No"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyLanguageHasSeveralScenariosWithBothSides() {
    assertThat(Phrasebook.all())
        .hasSize(9)
        .allSatisfy(
            phrasebook -> {
              assertThat(phrasebook.scripts()).hasSizeGreaterThanOrEqualTo(3);
              assertThat(phrasebook.scripts())
                  .allSatisfy(
                      script ->
                          assertThat(script.lines())
                              .hasAtLeastOneElementOfType(Script.UserSays.class)
                              .hasAtLeastOneElementOfType(Script.BotSays.class));
            });
  }

  private static Phrasebook parse(String... scripts) {
    return PhrasebookReader.parse(
        Locale.ENGLISH,
        Stream.concat(Stream.of(NAMES, CITIES, DATE, ""), Arrays.stream(scripts)).toList());
  }
}
