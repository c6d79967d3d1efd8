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

  public static void main(String[] arguments) throws Exception {
    String only = System.getProperty("bench.only", "");
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, Measurement> one : measurements().entrySet()) {
      if (one.getKey().contains(only)) {
        long start = System.nanoTime();
        figures.addAll(one.getValue().measure());
        System.out.printf(
            "measured %s in %d s%n",
            one.getKey(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
      }
    }
    System.out.println(Results.table(figures));
    write(Results.json(figures));
  }

  private static Map<String, Measurement> measurements() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("requests", new RequestsPerBatch());
    all.put("reading", new Reading());
    all.put("writing", new Writing());
    all.put("cost", new Cost());
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
