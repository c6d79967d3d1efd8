package conversations.deletion.bench;

import conversations.deletion.bench.coldstart.ColdStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes all measurements, prints a table and writes {@code results.json}. With {@code
 * -Dbench.only=} it makes only the measurements whose names contain that text.
 */
public final class Benchmark {

  private Benchmark() {}

  public static void main(String[] arguments) throws IOException {
    String only = System.getProperty("bench.only", "");
    List<Figure> figures = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Map.Entry<String, Measurement> one : measurements().entrySet()) {
      if (one.getKey().contains(only)) {
        long start = System.nanoTime();
        boolean isMeasured = measure(one.getValue(), figures);
        if (!isMeasured) {
          failed.add(one.getKey());
        }
        System.out.printf(
            "%s %s in %d s%n",
            isMeasured ? "measured" : "FAILED:",
            one.getKey(),
            Duration.ofNanos(System.nanoTime() - start).toSeconds());
      }
    }
    System.out.println(Results.table(figures));
    write(Results.json(figures));
    if (!failed.isEmpty()) {
      System.out.println("Not measured: " + String.join(", ", failed));
      System.exit(1);
    }
  }

  /** Makes one measurement. One that fails costs none of the others. */
  private static boolean measure(Measurement measurement, List<Figure> figures) {
    try {
      figures.addAll(measurement.measure());
      return true;
    } catch (Exception e) {
      e.printStackTrace(System.out);
      return false;
    }
  }

  private static Map<String, Measurement> measurements() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("requests", new RequestsPerBatch());
    all.put("reading", new Reading());
    all.put("writing", new Writing());
    all.put("attachments", new RequestsToS3());
    all.put("cost", new Cost());
    all.put("previews-reading", new PreviewReading());
    all.put("previews-estimate", new EstimateError());
    all.put("previews-jobs", new JobsOfPreviews());
    all.put("cpu", new RecordsPerCoreSecond());
    all.put("backlog", new JobsPerCoreSecond());
    all.put("calls", new CallsPerRequest());
    all.put("throttled", new ThrottledThroughput());
    all.put("provisioned-share", new ProvisionedTables());
    all.put("provisioned-changes", new ChangedLimits());
    all.put("provisioned-writer", new BesideAWriter());
    all.put("window", new FunctionTime());
    all.put("killed", new KilledRun());
    all.put("script", new ScriptThroughput());
    all.put("local", new LocalThroughput());
    all.put("growth", new Growth());
    all.put("giants", new Giants());
    all.put("coldstart", new ColdStarts());
    return all;
  }

  /** The folder for the build's output. */
  static Path target() {
    return Path.of(System.getProperty("bench.target", "target"));
  }

  private static void write(String json) throws IOException {
    Files.createDirectories(target());
    Files.writeString(target().resolve("results.json"), json);
  }
}
