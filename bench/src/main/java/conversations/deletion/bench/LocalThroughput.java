package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the engine and the usual script with their records in DynamoDB Local, which has no limit
 * but its own speed. The result says nothing about DynamoDB.
 */
final class LocalThroughput implements Measurement {

  private static final int ROUNDS = 2;

  private final Shape shape = Shape.of(200, 100);
  private final Shape shapeOfScript = Shape.of(50, 100);

  @Override
  public List<Figure> measure() {
    List<Double> ours = new ArrayList<>();
    List<Double> script = new ArrayList<>();
    StubAws aws = new StubAws(TimeSource.REAL);
    try (LocalRecords records = new LocalRecords(aws)) {
      BenchedEngine engine = new BenchedEngine(aws, records);
      Script usual = new Script(new Clients(records));
      for (int round = -1; round < ROUNDS; round++) {
        SampleUser user = records.add(shape);
        engine.submit(user);
        double oursPerSecond = perSecond(records, engine::run);
        SampleUser another = records.add(shapeOfScript);
        double scriptPerSecond = perSecond(records, () -> usual.delete(another));
        if (round >= 0) {
          ours.add(oursPerSecond);
          script.add(scriptPerSecond);
        }
      }
    }
    return List.of(
        Figure.reported(
            "records a second on DynamoDB Local against Query and BatchWriteItem in turn",
            Cpu.median(ours),
            Cpu.median(script),
            "records/s",
            Better.HIGHER));
  }

  private static double perSecond(LocalRecords records, Runnable task) {
    int count = records.count();
    long start = System.nanoTime();
    task.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (records.count() > 0) {
      throw new IllegalStateException("records are left in DynamoDB Local");
    }
    return count / seconds;
  }
}
