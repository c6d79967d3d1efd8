package conversations.deletion.client.view;

import java.util.Map;
import java.util.Optional;

/**
 * What reads the output: a terminal, a file or another program.
 *
 * @param rewrites whether a line can be written over
 * @param colours whether colours are wanted
 * @param columns the width
 */
public record Terminal(boolean rewrites, boolean colours, int columns) {

  private static final int USUAL = 100;

  /** Not a terminal, but a file or another program. */
  public static Terminal none() {
    return new Terminal(false, false, USUAL);
  }

  /**
   * A terminal.
   *
   * @param environment with {@code TERM=dumb}, lines cannot be written over; with a {@code
   *     NO_COLOR} that is not empty, there are no colours (no-color.org)
   * @param columns its width, if that is known
   */
  public static Terminal of(Map<String, String> environment, Optional<Integer> columns) {
    boolean able = !environment.getOrDefault("TERM", "").equals("dumb");
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(able, able && !plain, columns.filter(width -> width > 0).orElse(USUAL));
  }
}
