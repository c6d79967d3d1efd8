package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  record Kind(String name, Function<String, Object> constructor, Predicate<String> isValid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("bot", BotId::new, BotId::isValid),
        new Kind("channel user", ChannelUserId::new, ChannelUserId::isValid),
        new Kind("conversation", ConversationId::new, ConversationId::isValid),
        new Kind("client app", ClientAppId::new, ClientAppId::isValid));
  }

  static Stream<Arguments> goodIds() {
    return kinds()
        .flatMap(
            kind ->
                Stream.of("a", "Z", "0", "-", "_", "st-6c0a2f9e-1", "x".repeat(128))
                    .map(text -> Arguments.of(kind, text)));
  }

  private static Stream<String> badIds() {
    return Stream.of("", " ", "a b", "a#b", "a\n", "ä", "a/b", "a=b", "x".repeat(129));
  }

  static Stream<Arguments> kindsAndBadIds() {
    return kinds().flatMap(kind -> badIds().map(text -> Arguments.of(kind, text)));
  }

  static Stream<Arguments> strictKindsAndBadIds() {
    return kinds()
        .filter(kind -> !kind.name().equals("conversation"))
        .flatMap(kind -> badIds().map(text -> Arguments.of(kind, text)));
  }

  @ParameterizedTest
  @MethodSource("goodIds")
  void takesLettersDigitsHyphensAndUnderscores(Kind kind, String text) {
    assertThat(kind.isValid().test(text)).isTrue();
    assertThat(kind.constructor().apply(text)).hasToString(text);
  }

  @ParameterizedTest
  @MethodSource("kindsAndBadIds")
  void refusesAnythingElseFromCallers(Kind kind, String text) {
    assertThat(kind.isValid().test(text)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("strictKindsAndBadIds")
  void canBeNothingElseAndDoNotRepeatIt(Kind kind, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.constructor().apply(text))
        .withMessageEndingWith("must be 1 to 128 letters, digits, '-' or '_' characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a#b", "ä", "a/b"})
  void takesWhateverConversationAPlatformHasWritten(String text) {
    assertThat(new ConversationId(text)).hasToString(text);
  }

  @Test
  void refusesAConversationThatNoPartitionKeyCouldName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId("x".repeat(2_049)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refusesNothing(Kind kind) {
    assertThat(kind.isValid().test(null)).isFalse();
  }
}
