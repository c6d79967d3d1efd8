package conversations.deletion.domain;

import java.util.regex.Pattern;

/**
 * The two forms of ids.
 *
 * <p>Neither form can hold the {@code #} that joins two ids into a key. So a key that begins with a
 * bot's id is unambiguous, and no id can reach into another bot's keys. Platforms may have written
 * conversation ids of another form, which may hold a {@code #}; see {@link ConversationId}.
 */
enum IdSyntax {
  /** The ids that operators and this service choose: of bots and of client apps. */
  OWN("[A-Za-z0-9_-]{1,128}", "1 to 128 letters, digits, '-' or '_' characters"),

  /** The ids that a platform's channels choose, such as a phone number or an address. */
  PLATFORM(
      "[!-~&&[^#/]]{1,128}", "1 to 128 printable ASCII characters other than space, '#' and '/'");

  private final Pattern pattern;
  private final String rule;

  IdSyntax(String pattern, String rule) {
    this.pattern = Pattern.compile(pattern);
    this.rule = rule;
  }

  boolean matches(String value) {
    return value != null && pattern.matcher(value).matches();
  }

  void require(String value, String what) {
    if (!matches(value)) {
      throw new IllegalArgumentException(what + " must be " + rule);
    }
  }
}
