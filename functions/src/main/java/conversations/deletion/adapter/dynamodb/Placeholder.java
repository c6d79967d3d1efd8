package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may stand in a {@link KeyTemplate} in braces. */
enum Placeholder {
  /** Ids of bots are this service's own, so their form is known for all. */
  BOT("botId", c -> BotId.isValid(Character.toString(c)), BotId::isValid),
  /** What a caller may name; a platform may have written other ids into a table. */
  CONVERSATION(
      "conversationId", c -> ConversationId.isValid(Character.toString(c)), Placeholder::isThere),
  CHANNEL_USER("cId", c -> ChannelUserId.isValid(Character.toString(c)), Placeholder::isThere),
  TYPE("type", c -> isWordCharacter(c) || c == '.', Placeholder::isThere),
  /** A moment in any of the forms of {@link conversations.deletion.domain.Moments}. */
  MOMENT("moment", Placeholder::isOfMoment, Placeholder::isThere),
  /** ISO 8601 with whole seconds or parts of them, in UTC: such texts sort by time. */
  UTC(
      "utc",
      Placeholder::isOfMoment,
      matching("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z")),
  /** Seconds since 1970, in a key that is a number. */
  SECONDS("seconds", Placeholder::isOfMoment, matching("\\d{10}(\\.\\d+)?")),
  /** Milliseconds since 1970, in a key that is a number. */
  MILLIS("millis", Placeholder::isOfMoment, matching("\\d{13}(\\.\\d+)?")),
  /** What is not read. It ends where the character that follows comes for the first time. */
  ANY("any", _ -> false, _ -> true);

  private final String word;
  private final IntPredicate character;
  private final Predicate<String> value;

  Placeholder(String word, IntPredicate character, Predicate<String> value) {
    this.word = word;
    this.character = character;
    this.value = value;
  }

  static Optional<Placeholder> of(String word) {
    return Stream.of(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /** Tells whether what stands for it may hold this character, so that it can't mark the end. */
  boolean mayHold(char character) {
    return this.character.test(character);
  }

  /** Tells whether this may stand for it. */
  boolean takes(String text) {
    return value.test(text);
  }

  /** What stands in the braces. */
  String word() {
    return word;
  }

  @Override
  public String toString() {
    return "{" + word + "}";
  }

  private static boolean isThere(String text) {
    return !text.isEmpty();
  }

  private static Predicate<String> matching(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private static boolean isWordCharacter(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private static boolean isOfMoment(int c) {
    return isWordCharacter(c) || ":+./[] ".indexOf(c) >= 0;
  }
}
