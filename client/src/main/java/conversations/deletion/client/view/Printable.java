package conversations.deletion.client.view;

import java.util.function.IntPredicate;

/**
 * Writes text from outside so that it can only be read. A character that a terminal obeys, that
 * changes the order of others or that nobody sees is written as in JSON: {@code \}{@code u001b}.
 */
final class Printable {

  private Printable() {}

  /** A text in one line. It is the same again if it is written so once more. */
  static String text(String text) {
    return escaped(text, Printable::isUnsafe);
  }

  /** A JSON document that means the same. Between its values it may have several lines. */
  static String json(String document) {
    return escaped(
        document.replace('\r', ' '), point -> isUnsafe(point) && point != '\n' && point != '\t');
  }

  private static String escaped(String text, IntPredicate isUnsafe) {
    StringBuilder written = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isUnsafe.test(point)) {
                for (char unit : Character.toChars(point)) {
                  written.append("\\u%04x".formatted((int) unit));
                }
              } else {
                written.appendCodePoint(point);
              }
            });
    return written.toString();
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> isInvisible(point);
    };
  }

  /** The letters and marks of Unicode's Default_Ignorable_Code_Point, which Java does not know. */
  private static boolean isInvisible(int point) {
    return "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0".indexOf(point) >= 0
        || (point >= 0x180b && point <= 0x180f)
        || (point >= 0xfe00 && point <= 0xfe0f)
        || (point >= 0xe0100 && point <= 0xe01ef);
  }
}
