package conversations.deletion.local.bugs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text of a class, and the text that a bug puts in its place; empty if the text is dropped. */
record Change(String text, String replacement) {

  /**
   * A class after the change.
   *
   * @throws UnfitBugException if the class does not have the text exactly once
   */
  String applyTo(String className, String source) {
    List<MatchResult> found = inAnyLayout().matcher(source).results().toList();
    if (found.size() != 1) {
      throw new UnfitBugException(
          "%s has this text %d times, not once: %s".formatted(className, found.size(), text));
    }
    MatchResult place = found.getFirst();
    return source.substring(0, place.start()) + replacement + source.substring(place.end());
  }

  /** The formatter may put white space between any two tokens, so all white space is ignored. */
  private Pattern inAnyLayout() {
    return Pattern.compile(
        text.replaceAll("\\s", "")
            .codePoints()
            .mapToObj(Character::toString)
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s*")));
  }
}
