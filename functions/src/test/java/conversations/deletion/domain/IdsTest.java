package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  /** What neither form of ids allows. */
  private static final List<String> NEVER =
      List.of("", " ", "a b", "a#b", "#", "a/b", "/", "a\n", "a\t", "ä", "\u007f", "x".repeat(129));

  private static final List<String> AS_PLATFORMS_HAVE_THEM =
      List.of(
          "+491700000000",
          "29:1aB-x",
          "user@example.com",
          "whatsapp:+49",
          "100%25",
          "a,b;c=d|e",
          "<b>&\"'",
          "{$(id)}`~!?*^[.]\\");

  record Kind(
      String name,
      boolean ofPlatforms,
      Function<String, Object> constructor,
      Predicate<String> isValid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("bot", false, BotId::new, BotId::isValid),
        new Kind("channel user", true, ChannelUserId::new, ChannelUserId::isValid),
        new Kind("conversation", true, ConversationId::new, ConversationId::isValid),
        new Kind("client app", false, ClientAppId::new, ClientAppId::isValid));
  }

  private static Stream<Arguments> with(Stream<Kind> kinds, List<String> texts) {
    return kinds.flatMap(kind -> texts.stream().map(text -> Arguments.of(kind, text)));
  }

  private static List<String> bad(Kind kind) {
    return kind.ofPlatforms()
        ? NEVER
        : Stream.of(NEVER, AS_PLATFORMS_HAVE_THEM).flatMap(List::stream).toList();
  }

  static Stream<Arguments> goodIds() {
    return with(kinds(), List.of("a", "Z", "0", "-", "_", "st-6c0a2f9e-1", "x".repeat(128)));
  }

  static Stream<Arguments> platformsIds() {
    return with(kinds().filter(Kind::ofPlatforms), AS_PLATFORMS_HAVE_THEM);
  }

  static Stream<Arguments> kindsAndBadIds() {
    return kinds().flatMap(kind -> with(Stream.of(kind), bad(kind)));
  }

  static Stream<Arguments> strictKindsAndBadIds() {
    return kinds()
        .filter(kind -> !kind.name().equals("conversation"))
        .flatMap(kind -> with(Stream.of(kind), bad(kind)));
  }

  @ParameterizedTest
  @MethodSource({"goodIds", "platformsIds"})
  void areTakenAsTheyAre(Kind kind, String text) {
    assertThat(kind.isValid().test(text)).isTrue();
    assertThat(kind.constructor().apply(text)).hasToString(text);
  }

  @ParameterizedTest
  @MethodSource("kindsAndBadIds")
  void refuseAnythingElseFromCallers(Kind kind, String text) {
    assertThat(kind.isValid().test(text)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("strictKindsAndBadIds")
  void canBeNothingElseAndDoNotRepeatIt(Kind kind, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.constructor().apply(text))
        .withMessageMatching("\\w+ must be 1 to 128 [a-zA-Z ,'#/_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a#b", "ä", "a/b"})
  void takeWhateverConversationAPlatformHasWritten(String text) {
    assertThat(new ConversationId(text)).hasToString(text);
  }

  @Test
  void refuseAConversationThatNoPartitionKeyCouldName() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId("x".repeat(2_049)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refuseNothing(Kind kind) {
    assertThat(kind.isValid().test(null)).isFalse();
  }
}
