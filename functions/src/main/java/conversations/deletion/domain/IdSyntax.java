package conversations.deletion.domain;

import java.util.regex.Pattern;

/**
 * What every id that comes from outside looks like: 1 to 128 ASCII letters, digits, {@code -} or
 * {@code _}.
 *
 * <p>No id can hold the {@code #} that joins two ids to a key, so a key made of ids is unambiguous
 * and no id can reach into another bot's keys.
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
