package conversations.deletion.domain;

/**
 * What can be printed: every assigned character of Unicode but control characters, format
 * characters, and separators of lines and paragraphs. A format character, such as a right-to-left
 * override, is not seen itself and changes how its neighbours look.
 */
public final class Printable {

  private Printable() {}

  /** Tells whether the text has nothing but printable characters. */
  static boolean isAll(String text) {
    return text.codePoints().allMatch(Printable::is);
  }

  /**
   * The printable characters of a text that comes from outside. White space of any kind becomes a
   * space. There is none at the ends.
   */
  public static String of(String text) {
    return text.codePoints()
        .map(character -> Character.isWhitespace(character) ? ' ' : character)
        .filter(Printable::is)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean is(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
