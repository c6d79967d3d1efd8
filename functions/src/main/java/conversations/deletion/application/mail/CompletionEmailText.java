package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import java.util.Map;

/**
 * The text part of the owner's e-mail. Its columns are aligned, and its lines have at most 78
 * characters, except for a word that is longer.
 */
final class CompletionEmailText {

  /** The length that a line should not exceed (RFC 5322, section 2.1.1). */
  private static final int WIDTH = 78;

  private static final int NAMES_OF_COUNTS = 28;
  private static final int DIGITS = 8;
  private static final int NAMES_OF_FACTS = 17;

  private final StringBuilder text = new StringBuilder();

  private CompletionEmailText() {}

  static String of(Content content) {
    CompletionEmailText form = new CompletionEmailText();
    form.paragraph(content.headline());
    form.paragraph(content.summary());
    form.paragraph(content.advice());
    for (Map.Entry<String, Long> count : content.counts().entrySet()) {
      String number = Long.toString(count.getValue());
      form.cell(count.getKey(), NAMES_OF_COUNTS);
      form.text.repeat(' ', Math.max(0, DIGITS - number.length())).append(number).append('\n');
    }
    form.text.append('\n');
    form.named(content.facts());
    form.named(content.times());
    form.text.append('\n');
    form.wrap(content.footer(), 0);
    return form.text.toString();
  }

  private void named(Map<String, String> values) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      cell(value.getKey(), NAMES_OF_FACTS);
      wrap(OutsideText.inText(value.getValue()), NAMES_OF_FACTS);
    }
  }

  private void paragraph(String content) {
    wrap(content, 0);
    text.append('\n');
  }

  private void cell(String name, int width) {
    text.append(name).repeat(' ', width - name.length());
  }

  /**
   * Writes words into lines that begin at that column. The first line is already there. What is
   * isolated in the content is isolated in each line, as a line's end ends every isolation.
   */
  private void wrap(String content, int indent) {
    int column = indent;
    boolean isIsolated = false;
    for (String word : content.strip().split("\\s+")) {
      if (column > indent && column + 1 + word.length() > WIDTH) {
        text.append(isIsolated ? OutsideText.END : "").append('\n').repeat(' ', indent);
        text.append(isIsolated ? OutsideText.BEGIN : "");
        column = indent;
      }
      if (column > indent) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
      int begin = word.lastIndexOf(OutsideText.BEGIN);
      int end = word.lastIndexOf(OutsideText.END);
      isIsolated = begin == end ? isIsolated : begin > end;
    }
    text.append('\n');
  }
}
