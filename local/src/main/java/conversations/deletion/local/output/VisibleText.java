package conversations.deletion.local.output;

import java.util.stream.Collectors;

/** Text from outside as it may go to a terminal or a log: all of it is seen, on one line. */
public final class VisibleText {

  private VisibleText() {}

  /**
   * The text with each character that is not seen written as its number: control characters, which
   * a terminal obeys, and what changes lines or the direction of its neighbours.
   */
  public static String of(String text) {
    return text.codePoints().mapToObj(VisibleText::visible).collect(Collectors.joining());
  }

  private static String visible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          "\\u{%x}".formatted(character);
      default -> Character.toString(character);
    };
  }
}
