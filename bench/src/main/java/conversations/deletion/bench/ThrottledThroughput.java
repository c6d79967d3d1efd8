package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of DynamoDB's limits the engine uses, with 5 ms for each call. The figure is the least
 * time that the job's deletes can take under the limits, divided by the time of the whole job. In
 * simulated time computing takes no time, so the machine's speed plays no part here; it does in
 * {@link ScriptThroughput}. A job that gives up conversations because of throttling counts with
 * what it deleted.
 */
final class ThrottledThroughput implements Measurement {

  static final Behaviour DYNAMODB =
      Behaviour.atOnce().withLatency(Duration.ofMillis(5)).withLimits(WriteLimits.PUBLISHED);

  private static final double MOST_THROTTLED = 0.01;
  private static final double LEAST_SHARE = 0.95;

  @Override
  public List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (Shape shape : List.of(Shape.of(10_000, 100), Shape.of(1, 20_000), Shape.small(20_000))) {
      SimulatedTime time = new SimulatedTime();
      StubAws aws = new StubAws(time);
      aws.behave(DYNAMODB);
      SampleUser user = shape.addTo(aws.records());
      BenchedEngine engine = new BenchedEngine(aws);
      long start = time.nanoTime();
      time.run(
          () -> {
            engine.submit(user);
            return engine.run();
          });
      double seconds = (time.nanoTime() - start) / 1e9;
      figures.add(
          new Figure(
              "records a second under DynamoDB's limits, " + shape.name(),
              aws.meter().recordsDeleted() / seconds,
              shape.records() / leastSeconds(shape),
              "records/s",
              LEAST_SHARE,
              Better.HIGHER));
      figures.add(
          new Figure(
              "delete requests throttled, " + shape.name(),
              aws.meter().throttledRequests(),
              aws.meter().requests("BatchWriteItem", RecordsTable.NAME),
              "requests",
              MOST_THROTTLED,
              Better.LOWER));
      if (shape.conversations() == 10_000) {
        Charts.throughput(aws.meter().deletesOverTime(), script(), WriteLimits.PUBLISHED.table());
      }
    }
    return figures;
  }

  /** The records per second of the usual script, also in simulated time. */
  private static double script() {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    aws.behave(DYNAMODB);
    SampleUser user = Shape.of(100, 100).addTo(aws.records());
    Script script = new Script(new Clients(aws));
    long start = time.nanoTime();
    time.run(
        () -> {
          script.delete(user);
          return null;
        });
    return aws.meter().recordsDeleted() * 1e9 / (time.nanoTime() - start);
  }

  /** The least seconds under the tightest limit. The units of a tenth of a second were saved up. */
  private static double leastSeconds(Shape shape) {
    WriteLimits limits = WriteLimits.PUBLISHED;
    double table = shape.records() / (double) limits.table();
    double index = shape.conversations() / (double) limits.partition();
    double partition = shape.largest() / (double) limits.partition();
    return Math.max(table, Math.max(index, partition)) - 0.1;
  }
}
