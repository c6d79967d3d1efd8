package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures a run of 15 minutes that has more to do than it can: for what share of the run deletes
 * are in flight, and what is written after its end.
 *
 * <p>The run is in simulated time, at a twentieth of DynamoDB's rate and twenty times its latency.
 * So as many requests are in flight as on DynamoDB, and few enough to make them all in seconds.
 */
final class FunctionTime implements Measurement {

  private static final int SLOWER = 20;
  private static final Set<String> WRITES =
      Set.of("BatchWriteItem", "PutItem", "UpdateItem", "TransactWriteItems", "DeleteItem");

  private final Behaviour slow =
      Behaviour.atOnce()
          .withLatency(Duration.ofMillis(5).multipliedBy(SLOWER))
          .withLimits(
              new WriteLimits(
                  WriteLimits.PUBLISHED.partition(),
                  WriteLimits.PUBLISHED.table() / SLOWER,
                  WriteLimits.PUBLISHED.burstSeconds()));

  private final Shape shape = Shape.of(20_000, 100);

  @Override
  public List<Figure> measure() {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    SampleUser user = shape.addTo(aws.records());
    BenchedEngine engine = new BenchedEngine(aws);
    engine.submit(user);
    aws.behave(slow);
    long end = time.nanoTime() + BenchedEngine.FUNCTION_TIME.toNanos();
    AtomicLong late = new AtomicLong();
    aws.setGate(
        (operation, _) -> {
          if (WRITES.contains(operation) && time.nanoTime() + slow.latency().toNanos() > end) {
            late.incrementAndGet();
          }
        });
    time.run(engine::run);
    if (aws.records().left(user) == 0) {
      throw new IllegalStateException("the run had too little to do");
    }
    return List.of(
        new Figure(
            "time with deletes in flight in a run of 15 minutes",
            aws.deletes().busy().toMillis() / 1e3,
            BenchedEngine.FUNCTION_TIME.toSeconds(),
            "s",
            0.95,
            Better.HIGHER),
        new Figure(
            "writes that end after a run's 15 minutes",
            late.get(),
            0,
            "requests",
            1,
            Better.LOWER));
  }
}
