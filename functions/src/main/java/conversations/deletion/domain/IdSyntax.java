package conversations.deletion.domain;

import java.util.regex.Pattern;

/**
 * What every id of a bot, a channel user or a client app looks like, and every id that a caller
 * names: 1 to 128 ASCII letters, digits, {@code -} or {@code _}.
 *
 * <p>None of these can hold the {@code #} that joins two ids to a key, so a key that begins with a
 * bot's id is unambiguous, and no id can reach into another bot's keys. Other ids of conversations,
 * which platforms have written, may hold it: see {@link ConversationId}.
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
