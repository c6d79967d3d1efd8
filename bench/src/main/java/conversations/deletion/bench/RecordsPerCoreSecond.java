package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.TimeSource;
import java.util.List;

/**
 * What the engine adds to the calls that it needs: records per CPU second, against the same calls
 * in a bare loop. The stub answers at once, and its own time counts for both.
 */
final class RecordsPerCoreSecond implements Measurement {

  private static final int ROUNDS = 15;

  private final Shape shape = Shape.of(1_000, 100);

  @Override
  public List<Figure> measure() {
    StubAws aws = new StubAws(TimeSource.REAL);
    BenchedEngine engine = new BenchedEngine(aws);
    BareLoop loop = new BareLoop(engine.clients());
    Cpu.Pair seconds =
        Cpu.compare(
            ROUNDS,
            () -> {
              SampleUser user = shape.addTo(aws.records());
              return () -> engine.deleteAllOf(user, aws);
            },
            () -> {
              SampleUser user = shape.addTo(aws.records());
              return () -> deleteBare(loop, user, aws);
            });
    return List.of(
        new Figure(
            "records a core-second, " + shape.name(),
            shape.records() / seconds.ours(),
            shape.records() / seconds.reference(),
            "records/s",
            0.90,
            Better.HIGHER));
  }

  private static void deleteBare(BareLoop loop, SampleUser user, StubAws aws) {
    loop.delete(user);
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException("the bare loop left records");
    }
  }
}
