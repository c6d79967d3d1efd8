package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.StubServer;
import conversations.deletion.bench.stub.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How much faster the engine is than a script that a user would write. It is measured in real time
 * on this machine, under DynamoDB's limits.
 */
final class ScriptThroughput implements Measurement {

  private static final double GOAL = 10;
  private static final int ROUNDS = 3;
  private static final int PYTHON_MINUTES = 2;

  private final Shape shape = Shape.of(4_000, 100);
  private final Shape shapeOfScript = Shape.of(100, 100);

  @Override
  public List<Figure> measure() throws Exception {
    warmUp();
    List<Double> ours = new ArrayList<>();
    List<Double> script = new ArrayList<>();
    List<Double> python = new ArrayList<>();
    boolean hasBoto3 = hasBoto3();
    for (int round = 0; round < ROUNDS; round++) {
      ours.add(engine());
      script.add(script());
      if (hasBoto3) {
        python.add(batchWriter());
      }
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(figure("Query and BatchWriteItem in turn", Cpu.median(ours), Cpu.median(script)));
    if (hasBoto3) {
      figures.add(figure("boto3's batch_writer", Cpu.median(ours), Cpu.median(python)));
    } else {
      System.out.println(
          "not measured: boto3's batch_writer, because there is no python3 with boto3");
    }
    return figures;
  }

  private static Figure figure(String script, double ours, double reference) {
    return new Figure(
        "records a second against " + script, ours, reference, "records/s", GOAL, Better.HIGHER);
  }

  private void warmUp() {
    StubAws aws = new StubAws(TimeSource.REAL);
    BenchedEngine engine = new BenchedEngine(aws);
    Shape small = Shape.of(300, 100);
    for (int i = 0; i < 5; i++) {
      engine.deleteAllOf(small.addTo(aws.records()), aws);
    }
    new Script(engine.clients()).delete(small.addTo(aws.records()));
  }

  private double engine() {
    StubAws aws = new StubAws(TimeSource.REAL);
    SampleUser user = shape.addTo(aws.records());
    BenchedEngine engine = new BenchedEngine(aws);
    engine.submit(user);
    aws.behave(ThrottledThroughput.DYNAMODB);
    return perSecond(aws, engine::run);
  }

  private double script() {
    StubAws aws = new StubAws(TimeSource.REAL);
    SampleUser user = shapeOfScript.addTo(aws.records());
    aws.behave(ThrottledThroughput.DYNAMODB);
    Script script = new Script(new Clients(aws));
    return perSecond(aws, () -> script.delete(user));
  }

  private static double perSecond(StubAws aws, Runnable task) {
    long start = System.nanoTime();
    task.run();
    return aws.meter().recordsDeleted() * 1e9 / (System.nanoTime() - start);
  }

  private static boolean hasBoto3() throws InterruptedException {
    try {
      Process python =
          new ProcessBuilder("python3", "-c", "import boto3").redirectErrorStream(true).start();
      python.getInputStream().readAllBytes();
      return python.waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private double batchWriter() throws IOException, InterruptedException {
    StubAws aws = new StubAws(TimeSource.REAL);
    SampleUser user = shapeOfScript.addTo(aws.records());
    aws.behave(ThrottledThroughput.DYNAMODB);
    Files.createDirectories(Benchmark.target());
    Path keys = Benchmark.target().resolve("conversations.txt");
    Files.write(
        keys,
        IntStream.range(user.first(), user.first() + user.conversations())
            .mapToObj(SampleUser::conversationKey)
            .toList());
    try (StubServer server = new StubServer(aws)) {
      Process python =
          new ProcessBuilder(
                  "python3",
                  Path.of(System.getProperty("bench.scripts"), "batch_writer.py").toString(),
                  server.url(),
                  RecordsTable.NAME,
                  keys.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output =
          new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!python.waitFor(PYTHON_MINUTES, TimeUnit.MINUTES) || python.exitValue() != 0) {
        python.destroyForcibly();
        throw new IllegalStateException("boto3's batch_writer failed: " + output);
      }
      if (aws.records().left(user) > 0) {
        throw new IllegalStateException("boto3's batch_writer left records");
      }
      return Double.parseDouble(output);
    }
  }
}
