package conversations.deletion.application.mail;

import conversations.deletion.domain.Printable;
import java.text.Bidi;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in an e-mail that is not this service's own. Only its printable characters are shown. It is
 * isolated, so that a name written from right to left does not change how the ids beside it look.
 */
final class OutsideText {

  /** Marks its begin, as Unicode has it (FIRST STRONG ISOLATE). */
  static final String BEGIN = "\u2068";

  /** Marks its end (POP DIRECTIONAL ISOLATE). */
  static final String END = "\u2069";

  private static final Pattern ISOLATED = Pattern.compile(BEGIN + "([^" + END + "]*)" + END);

  private OutsideText() {}

  /** The text between marks, which it can't hold itself. */
  static String isolated(String text) {
    return BEGIN + Printable.of(text) + END;
  }

  /** As HTML, which has an element for it. */
  static String inHtml(String escaped) {
    return escaped.replace(BEGIN, "<bdi>").replace(END, "</bdi>");
  }

  /** As plain text: the marks stay where the writing direction needs them. */
  static String inText(String text) {
    return ISOLATED.matcher(text).replaceAll(OutsideText::markedIfNeeded);
  }

  private static String markedIfNeeded(MatchResult found) {
    char[] inside = found.group(1).toCharArray();
    boolean isNeeded = Bidi.requiresBidi(inside, 0, inside.length);
    return Matcher.quoteReplacement(isNeeded ? found.group() : found.group(1));
  }
}
