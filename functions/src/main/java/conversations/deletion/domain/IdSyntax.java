package conversations.deletion.domain;

import java.util.regex.Pattern;

/**
 * The form of the ids of bots, channel users and client apps, and of all ids that callers name. It
 * is 1 to 128 ASCII letters, digits, {@code -} or {@code _}.
 *
 * <p>Such an id can't hold the {@code #} that joins two ids into a key. So a key that begins with a
 * bot's id is unambiguous, and no id can reach into another bot's keys. Platforms may have written
 * conversation ids of another form, which may hold a {@code #}; see {@link ConversationId}.
 */
final class IdSyntax {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private IdSyntax() {}

  static boolean matches(String value) {
    return value != null && ID.matcher(value).matches();
  }

  static String require(String value, String what) {
    if (!matches(value)) {
      throw new IllegalArgumentException(
          what + " must be 1 to 128 letters, digits, '-' or '_' characters");
    }
    return value;
  }
}
