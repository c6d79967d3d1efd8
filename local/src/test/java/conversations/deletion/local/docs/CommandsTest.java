package conversations.deletion.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on every page names what there is, and so does what stands there as code. */
class CommandsTest {

  private static final Set<String> CLIENT = Set.of("client/deletions", "deletions");

  /** A call of a function that the runbook defines to look up what a stack has. */
  private static final Pattern LOOK_UP = Pattern.compile("\\b(out|res|param) ([A-Z]\\w+)");

  private static final Pattern RESOURCE =
      Pattern.compile("[A-Z]\\w*(Table|Queue|Function|LogGroup|Alarm|Schedule|Role|Dashboard)");

  /** What AWS has by such names. */
  private static final Set<String> OF_AWS = Set.of("DescribeTable");

  private static final Build BUILD = new Build();

  static Stream<MarkdownPage> pages() throws IOException {
    return MarkdownPage.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void nameProfilesModulesAndOptionsOfTheBuild(MarkdownPage page) {
    assertThat(commands(page))
        .as("%s", page)
        .allSatisfy(
            command -> {
              for (int i = 0; i < command.words().size(); i++) {
                String word = command.words().get(i);
                if (word.contains("$") || isOfAnotherProgram(command)) {
                  continue;
                }
                if (word.matches("-P\\w.*")) {
                  assertThat(word.substring(2).split(",")).allMatch(BUILD::hasProfile);
                } else if (word.matches("'?-D\\w.*")) {
                  assertThat(word.replaceAll("^'?-D|=.*", "")).matches(BUILD::readsOption);
                } else if (word.equals("-pl")) {
                  assertThat(command.words().get(i + 1).split(",")).allMatch(BUILD::hasModule);
                }
              }
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void nameCommandsAndOptionsOfTheClient(MarkdownPage page) {
    assertThat(commands(page))
        .as("%s", page)
        .filteredOn(command -> CLIENT.contains(command.name()))
        .allSatisfy(
            command -> {
              List<String> words = command.arguments();
              Set<String> options = new HashSet<>(ClientHelp.options());
              if (!words.isEmpty() && words.getFirst().matches("[a-z].*")) {
                assertThat(ClientHelp.commands()).contains(words.getFirst());
                options.addAll(ClientHelp.options(words.getFirst()));
              }
              assertThat(words.stream().filter(word -> word.startsWith("--")))
                  .allSatisfy(word -> assertThat(options).contains(word.replaceAll("=.*", "")));
            });
  }

  /** Files that a build makes are left out, and whatever stands for several files. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void nameFilesThatThereAre(MarkdownPage page) {
    assertThat(commands(page))
        .as("%s", page)
        .allSatisfy(
            command ->
                assertThat(command.words().stream().filter(CommandsTest::isFileOfOurs))
                    .allMatch(word -> file(page, word).exists()));
    assertThat(page.scripts())
        .as("%s", page)
        .flatMap(Command::in)
        .filteredOn(command -> isFileOfOurs(command.name()))
        .allMatch(command -> file(page, command.name()).canExecute());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void lookUpWhatAStackHas(MarkdownPage page) throws IOException {
    Templates templates = new Templates();
    assertThat(Stream.concat(page.scripts().stream(), page.codes().stream()))
        .as("%s", page)
        .allSatisfy(
            text ->
                assertThat(LOOK_UP.matcher(text).results())
                    .allMatch(
                        call ->
                            switch (call.group(1)) {
                              case "out" -> templates.hasOutput(call.group(2));
                              case "param" -> templates.hasParameter(call.group(2));
                              default -> templates.hasResource(call.group(2));
                            },
                        "is there"));
    assertThat(commands(page))
        .as("%s", page)
        .filteredOn(command -> command.toString().startsWith("sam local invoke "))
        .allMatch(command -> templates.hasResource(command.words().get(3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void nameResourcesThatThereAre(MarkdownPage page) throws IOException {
    Templates templates = new Templates();
    if (page.toString().startsWith("docs")) {
      assertThat(page.codes())
          .as("%s", page)
          .filteredOn(code -> RESOURCE.matcher(code).matches() && !OF_AWS.contains(code))
          .allMatch(
              name ->
                  templates.hasResource(name)
                      || templates.hasOutput(name)
                      || templates.hasParameter(name));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void nameTestsThatThereAre(MarkdownPage page) {
    assertThat(page.codes())
        .as("%s", page)
        .filteredOn(code -> code.matches("[A-Z]\\w*(IT|Test)(\\.\\w+)?"))
        .allMatch(BUILD::hasTest);
  }

  private static List<Command> commands(MarkdownPage page) {
    List<Command> commands = new ArrayList<>();
    page.scripts().forEach(script -> commands.addAll(Command.in(script)));
    page.codes().forEach(code -> commands.addAll(Command.in(code)));
    return commands;
  }

  private static boolean isOfAnotherProgram(Command command) {
    return !command.name().equals("mvn") && !command.name().startsWith("-");
  }

  private static boolean isFileOfOurs(String word) {
    return word.matches("[\\w.-]+(/[\\w.-]+)+")
        && !word.contains("...")
        && !List.of(word.split("/")).contains("target")
        && Files.isDirectory(MarkdownPage.ROOT.resolve(word.split("/")[0]));
  }

  private static File file(MarkdownPage page, String word) {
    return word.startsWith("./")
        ? page.file().resolveSibling(word).toFile()
        : MarkdownPage.ROOT.resolve(word).toFile();
  }
}
