package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.TimeSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * The jobs per CPU second on a backlog of 10,000 jobs of three conversations, against the calls
 * that such a job needs. The backlog is worked off in rounds, in turn with as many jobs for the
 * reference.
 */
final class JobsPerCoreSecond implements Measurement {

  private static final int ROUNDS = 5;
  private static final int JOBS_A_ROUND = 2_000;

  /** All records but the headers fit into one batch. */
  private final Shape shape = Shape.of(3, 9);

  @Override
  public List<Figure> measure() {
    AtomicLong oursCalls = new AtomicLong();
    AtomicLong referenceCalls = new AtomicLong();
    Cpu.Pair seconds =
        Cpu.compare(
            ROUNDS,
            () -> {
              StubAws aws = new StubAws(TimeSource.REAL);
              BenchedEngine engine = withBacklog(aws);
              return () -> oursCalls.set(calls(aws, () -> engine.run().jobsEnded()));
            },
            () -> {
              StubAws aws = new StubAws(TimeSource.REAL);
              BareJobs bare = new BareJobs(withBacklog(aws).clients());
              return () -> referenceCalls.set(calls(aws, bare::workOnAll));
            });
    return List.of(
        new Figure(
            "jobs a core-second, backlog of 10,000 jobs of 3 conversations",
            JOBS_A_ROUND / seconds.ours(),
            JOBS_A_ROUND / seconds.reference(),
            "jobs/s",
            0.80,
            Better.HIGHER),
        Figure.reported(
            "calls a job, backlog of 10,000 jobs of 3 conversations",
            oursCalls.doubleValue() / JOBS_A_ROUND,
            referenceCalls.doubleValue() / JOBS_A_ROUND,
            "calls",
            Better.LOWER));
  }

  /**
   * Each round has its own stub. One stub for all would keep what jobs leave behind, and would give
   * the garbage collector ever more to do.
   */
  private BenchedEngine withBacklog(StubAws aws) {
    BenchedEngine engine = new BenchedEngine(aws);
    for (int i = 0; i < JOBS_A_ROUND; i++) {
      engine.submit(BenchedEngine.listed(shape.addTo(aws.records())));
    }
    return engine;
  }

  /** The number of calls that the jobs of a round take. */
  private static long calls(StubAws aws, IntSupplier work) {
    long before = aws.meter().requests(_ -> true);
    int jobs = work.getAsInt();
    if (jobs != JOBS_A_ROUND) {
      throw new IllegalStateException(jobs + " jobs were done");
    }
    return aws.meter().requests(_ -> true) - before;
  }
}
