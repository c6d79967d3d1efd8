package conversations.deletion.local.bugs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Seeds bugs, each by itself, and runs the tests that should catch them. Its arguments are the
 * numbers of the bugs; without arguments it takes all. It exits with 0 if all were caught, with 1
 * if not, and with 2 if it could not find out.
 */
final class SeededBugsRun {

  private static final Path SCRATCH = Path.of("target", "seeded-bugs");
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Duration TIME_FOR_ALL = Duration.ofMinutes(10);
  private static final Duration TIME_FOR_ONE = Duration.ofMinutes(2);
  private static final int AT_A_TIME = 2;
  private static final int OUT_OF_TIME = -1;
  private static final int LAST_LINES = 20;

  private static final Pattern FAILED_TESTS = Pattern.compile("\\[ *[1-9]\\d* tests failed");

  private static final String CAUGHT = "caught";
  private static final String SURVIVED = "SURVIVED";

  private final Sources engine = Sources.ofTheEngine();
  private final Sources tests = Sources.ofTheTests();

  private SeededBugsRun() {}

  public static void main(String[] numbers) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(ProcessHandle.current())));
    try {
      System.exit(new SeededBugsRun().run(List.of(numbers)));
    } catch (UnfitBugException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private int run(List<String> numbers)
      throws IOException, InterruptedException, ExecutionException {
    List<SeededBug> bugs =
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
    int caught = 0;
    try (ExecutorService lanes = Executors.newFixedThreadPool(AT_A_TIME)) {
      HashMap<SeededBug, Future<String>> verdicts = new HashMap<SeededBug, Future<String>>();
      bugs.forEach(bug -> verdicts.put(bug, lanes.submit(() -> verdict(bug))));
      for (SeededBug bug : bugs) {
        String verdict = verdicts.get(bug).get();
        System.out.printf("%-46s %-16s %s%n", bug, verdict, bug.catcher());
        switch (verdict) {
          case CAUGHT -> caught++;
          case SURVIVED -> {}
          default -> lastLines(folder(bug)).forEach(System.out::println);
        }
      }
    }
    System.out.printf("%d of %d bugs caught.%n", caught, bugs.size());
    return caught == bugs.size() ? 0 : 1;
  }

  private boolean allPassWithoutBugs(List<SeededBug> bugs)
      throws IOException, InterruptedException {
    List<Catcher> catchers = bugs.stream().map(SeededBug::catcher).distinct().toList();
    System.out.printf("Running %d tests without any bug.%n", catchers.size());
    Path folder = Files.createDirectories(SCRATCH.resolve("none"));
    boolean hasPassed = test(folder, catchers, TIME_FOR_ALL) == 0;
    if (!hasPassed) {
      System.out.print(output(folder));
    }
    return hasPassed;
  }

  private String verdict(SeededBug bug) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(folder(bug));
    String seeded;
    try {
      seeded = bug.seedIn(engine);
    } catch (UnfitBugException e) {
      Files.writeString(outputFile(folder), e.getMessage());
      return "does not apply";
    }
    if (!compiles(Files.writeString(folder.resolve(bug.className() + ".java"), seeded), folder)) {
      return "does not compile";
    }
    int exitCode = test(folder, List.of(bug.catcher()), TIME_FOR_ONE);
    return switch (exitCode) {
      case 0 -> SURVIVED;
      case 1 -> hasFailedTest(folder) ? CAUGHT : "could not be tested";
      case OUT_OF_TIME -> "runs out of time";
      default -> "could not be tested (exit code %d)".formatted(exitCode);
    };
  }

  private static boolean compiles(Path source, Path folder) throws IOException {
    try (OutputStream output = Files.newOutputStream(outputFile(folder))) {
      int exitCode =
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
    ArrayList<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // These JVMs live so briefly that good compilation would take longer than running.
                "-XX:TieredStopAtLevel=1",
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
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(outputFile(folder).toFile())
            .start();
    if (process.waitFor(limit)) {
      return process.exitValue();
    }
    kill(process.toHandle());
    process.destroyForcibly().waitFor();
    return OUT_OF_TIME;
  }

  /** Kills a process and its descendants. Tests start processes too, which would outlive them. */
  private static void kill(ProcessHandle parent) {
    parent.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Tells whether a test failed. The launcher exits with 1 also if a class can't be set up, which
   * says nothing about the bug.
   */
  private static boolean hasFailedTest(Path folder) throws IOException {
    return FAILED_TESTS.matcher(output(folder)).find();
  }

  private static List<String> lastLines(Path folder) throws IOException {
    List<String> lines = output(folder).lines().toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  private static Path folder(SeededBug bug) {
    return SCRATCH.resolve(bug.name());
  }

  /**
   * The output as far as it can be read. A test may have been killed in the middle of a character.
   */
  private static String output(Path folder) throws IOException {
    return new String(Files.readAllBytes(outputFile(folder)), UTF_8);
  }

  private static Path outputFile(Path folder) {
    return folder.resolve("output.txt");
  }
}
