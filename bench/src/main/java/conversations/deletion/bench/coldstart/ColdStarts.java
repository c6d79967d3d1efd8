package conversations.deletion.bench.coldstart;

import conversations.deletion.bench.Figure;
import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the CPU time of each deployed function from a fresh JVM's start to its first answer. The
 * reference is the same calls written directly on the SDK. Also measures the size of the deployed
 * package.
 *
 * <p>Both have the flags that Lambda gives a JVM, the deployed class path, the same event, and the
 * same endpoint, which answers at once. The measurement checks that both make the same calls.
 */
public final class ColdStarts implements Measurement {

  private static final int ROUNDS = 9;
  private static final int MAX_ATTEMPTS = 5;
  private static final double MAX_RATIO = 1.10;
  private static final double MAX_PACKAGE_MEGABYTES = 16.5;

  private final List<String> flags;
  private final int rounds;

  public ColdStarts() {
    this(List.of(), ROUNDS);
  }

  private ColdStarts(List<String> flags, int rounds) {
    this.flags = flags;
    this.rounds = rounds;
  }

  /**
   * Measures cold starts alone, in as many rounds as the system property {@code rounds} says.
   *
   * @param arguments further flags of all JVMs
   */
  public static void main(String[] arguments) throws Exception {
    new ColdStarts(Arrays.asList(arguments), Integer.getInteger("rounds", ROUNDS))
        .measure()
        .forEach(
            figure ->
                System.out.printf(
                    "%-32s %9.2f %9.2f %-6s %6.3f%n",
                    figure.name(),
                    figure.ours(),
                    figure.reference(),
                    figure.unit(),
                    figure.ratio()));
  }

  @Override
  public List<Figure> measure() throws Exception {
    DeployedPackage deployed = DeployedPackage.find();
    Medians millis = new Medians();
    try (CannedAws aws = new CannedAws()) {
      FunctionJvm jvm = new FunctionJvm(aws, flags, deployed.classPath());
      Map<DeployedFunction, Path> events = events(deployed);
      for (int round = 0; round < rounds; round++) {
        for (DeployedFunction function : DeployedFunction.values()) {
          Path event = events.get(function);
          measure(function, event, jvm, aws, millis);
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (DeployedFunction function : DeployedFunction.values()) {
      figures.add(
          new Figure(
              "cold start: " + function.text(),
              millis.of(ours(function)),
              millis.of(bare(function)),
              "CPU-ms",
              MAX_RATIO,
              Better.LOWER));
    }
    figures.add(
        new Figure(
            "deployed package",
            deployed.zippedBytes() / 1e6,
            MAX_PACKAGE_MEGABYTES,
            "MB",
            1,
            Better.LOWER));
    return figures;
  }

  private static String ours(DeployedFunction function) {
    return function + " ours";
  }

  private static String bare(DeployedFunction function) {
    return function + " bare";
  }

  /** Measures once more if the machine was so busy that a function gave up a call. */
  private static void measure(
      DeployedFunction function, Path event, FunctionJvm jvm, CannedAws aws, Medians millis)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      double ours = jvm.firstAnswer(function.handler(), event);
      List<String> calls = aws.takeCalls();
      double bare = jvm.firstAnswer(function.bare(), event);
      List<String> bareCalls = aws.takeCalls();
      if (calls.equals(bareCalls)) {
        millis.add(ours(function), ours);
        millis.add(bare(function), bare);
        return;
      }
      if (attempt == MAX_ATTEMPTS) {
        throw new IllegalStateException(
            "%s calls %s, but its bare counterpart calls %s"
                .formatted(function.text(), calls, bareCalls));
      }
    }
  }

  private static Map<DeployedFunction, Path> events(DeployedPackage deployed) throws Exception {
    Path folder = Files.createTempDirectory("cold-starts");
    folder.toFile().deleteOnExit();
    String token = SignedToken.of(CannedAws.APP, CannedAws.SECRET);
    Map<DeployedFunction, Path> events = new EnumMap<>(DeployedFunction.class);
    for (DeployedFunction function : DeployedFunction.values()) {
      // The sample's own token has expired.
      String event =
          deployed
              .event(function.event())
              .replaceFirst("(\"authorizationToken\": )\"[^\"]*\"", "$1\"" + token + "\"");
      Path file = Files.writeString(folder.resolve(function.event() + ".json"), event);
      file.toFile().deleteOnExit();
      events.put(function, file);
    }
    return events;
  }
}
