package conversations.deletion.local.bugs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Seeds bugs, one at a time, and runs the tests that are to catch them. Its arguments are the
 * numbers of the bugs, or none for all; it exits with 0 if all were caught, with 1 if not, and with
 * 2 if that could not be told.
 */
final class SeededBugsRun {

  private static final Path SCRATCH = Path.of("target", "seeded-bugs");
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Duration TIME_FOR_ALL = Duration.ofMinutes(10);
  private static final Duration TIME_FOR_ONE = Duration.ofMinutes(2);
  private static final int OUT_OF_TIME = -1;
  private static final int LAST_LINES = 20;

  private static final String CAUGHT = "caught";
  private static final String SURVIVED = "SURVIVED";

  private final Sources engine = Sources.ofTheEngine();
  private final Sources tests = Sources.ofTheTests();

  private SeededBugsRun() {}

  public static void main(String[] numbers) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(ProcessHandle.current())));
    try {
      System.exit(new SeededBugsRun().run(List.of(numbers)));
    } catch (UnfitBugException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private int run(List<String> numbers) throws IOException, InterruptedException {
    var bugs =
        SeededBug.all().stream()
            .filter(bug -> numbers.isEmpty() || numbers.contains(bug.number()))
            .toList();
    if (bugs.isEmpty()) {
      System.err.println("No such bug.");
      return 2;
    }
    if (!allPassWithoutBugs(bugs)) {
      System.err.println("The tests fail without any bug.");
      return 2;
    }
    var caught = 0;
    for (var bug : bugs) {
      var folder = Files.createDirectories(SCRATCH.resolve(bug.name()));
      var verdict = verdict(bug, folder);
      System.out.printf("%-46s %-16s %s%n", bug, verdict, bug.catcher());
      switch (verdict) {
        case CAUGHT -> caught++;
        case SURVIVED -> {}
        default -> lastLines(folder).forEach(System.out::println);
      }
    }
    System.out.printf("%d of %d bugs caught.%n", caught, bugs.size());
    return caught == bugs.size() ? 0 : 1;
  }

  private boolean allPassWithoutBugs(List<SeededBug> bugs)
      throws IOException, InterruptedException {
    var catchers = bugs.stream().map(SeededBug::catcher).distinct().toList();
    System.out.printf("Running %d tests without any bug.%n", catchers.size());
    var folder = Files.createDirectories(SCRATCH.resolve("none"));
    var hasPassed = test(folder, catchers, TIME_FOR_ALL) == 0;
    if (!hasPassed) {
      System.out.print(Files.readString(output(folder)));
    }
    return hasPassed;
  }

  private String verdict(SeededBug bug, Path folder) throws IOException, InterruptedException {
    String seeded;
    try {
      seeded = bug.seedIn(engine);
    } catch (UnfitBugException e) {
      Files.writeString(output(folder), e.getMessage());
      return "does not apply";
    }
    if (!compiles(Files.writeString(folder.resolve(bug.className() + ".java"), seeded), folder)) {
      return "does not compile";
    }
    var exitCode = test(folder, List.of(bug.catcher()), TIME_FOR_ONE);
    return switch (exitCode) {
      case 0 -> SURVIVED;
      case 1 -> CAUGHT;
      case OUT_OF_TIME -> "runs out of time";
      default -> "could not be tested (exit code %d)".formatted(exitCode);
    };
  }

  private static boolean compiles(Path source, Path folder) throws IOException {
    try (var output = Files.newOutputStream(output(folder))) {
      var exitCode =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  output,
                  output,
                  "--release=25",
                  "-proc:none",
                  "-nowarn",
                  "-cp",
                  CLASS_PATH,
                  "-d",
                  folder.toString(),
                  source.toString());
      return exitCode == 0;
    }
  }

  /**
   * Runs tests on the classes of a folder, before all others.
   *
   * @return the launcher's exit code, which is 0 if all passed and 1 if one failed, or {@link
   *     #OUT_OF_TIME}
   */
  private int test(Path folder, List<Catcher> catchers, Duration limit)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-classpath",
                folder + File.pathSeparator + CLASS_PATH,
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=none",
                "--fail-if-no-tests"));
    catchers.forEach(catcher -> command.add(catcher.selector(tests)));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output(folder).toFile())
            .start();
    if (process.waitFor(limit)) {
      return process.exitValue();
    }
    kill(process.toHandle());
    process.destroyForcibly().waitFor();
    return OUT_OF_TIME;
  }

  /** Tests start processes too, which would outlive them. */
  private static void kill(ProcessHandle parent) {
    parent.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static List<String> lastLines(Path folder) throws IOException {
    var lines = Files.readAllLines(output(folder));
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  private static Path output(Path folder) {
    return folder.resolve("output.txt");
  }
}
