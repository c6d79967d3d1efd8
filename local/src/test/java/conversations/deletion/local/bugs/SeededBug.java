package conversations.deletion.local.bugs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bug that a developer could write into a class of the functions, as a file of {@code
 * seeded-bugs} describes it. The README there shows the form.
 *
 * @param name the file's, without its ending: a number, a dash and a few words
 */
record SeededBug(String name, String className, Catcher catcher, List<Change> changes) {

  private static final String ENDING = ".bug";
  private static final Pattern HEAD =
      Pattern.compile("Bug: .+\\RClass: (\\w+)\\RCaught by: (\\w+)#(\\w+)\\s+");
  private static final Pattern THIS = Pattern.compile("(?m)^=== this$");
  private static final Pattern BECOMES = Pattern.compile("(?m)^=== becomes$");

  static List<SeededBug> all() {
    return in(Path.of("../seeded-bugs"));
  }

  /**
   * The bugs of a folder, by number.
   *
   * @throws UnfitBugException if a file is not in the form of a bug
   */
  static List<SeededBug> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(SeededBug::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SeededBug read(Path file) {
    String fileName = file.getFileName().toString();
    try {
      return parse(
          fileName.substring(0, fileName.length() - ENDING.length()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a bug from the text of its file.
   *
   * @throws UnfitBugException if it is not in the form of a bug
   */
  static SeededBug parse(String name, String text) {
    String[] parts = THIS.split(text);
    Matcher head = HEAD.matcher(parts[0]);
    if (!head.matches()) {
      throw new UnfitBugException(
          name + " does not begin with the lines 'Bug:', 'Class:' and 'Caught by:'");
    }
    if (parts.length == 1) {
      throw new UnfitBugException(name + " changes nothing");
    }
    return new SeededBug(
        name,
        head.group(1),
        new Catcher(head.group(2), head.group(3)),
        Stream.of(parts).skip(1).map(part -> change(name, part)).toList());
  }

  private static Change change(String name, String part) {
    String[] texts = BECOMES.split(part, -1);
    if (texts.length != 2 || texts[0].isBlank()) {
      throw new UnfitBugException(
          name + " has a '=== this' without a text and one '=== becomes' below it");
    }
    return new Change(texts[0].strip(), texts[1].strip());
  }

  String number() {
    return name.split("-", 2)[0];
  }

  /**
   * The class with the bug in it.
   *
   * @throws UnfitBugException if the class is not as the bug says
   */
  String seedIn(Sources engine) {
    String source = engine.text(className);
    for (Change change : changes) {
      source = change.applyTo(className, source);
    }
    return source;
  }

  @Override
  public String toString() {
    return name;
  }
}
