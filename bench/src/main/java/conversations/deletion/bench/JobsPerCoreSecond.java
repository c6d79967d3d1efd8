package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A backlog of 10,000 jobs of three conversations: jobs a CPU second, against the calls that such a
 * job can't do without. The backlog is worked off in rounds, in turn with as many jobs for the
 * reference.
 */
final class JobsPerCoreSecond implements Measurement {

  private static final int ROUNDS = 5;
  private static final int JOBS_A_ROUND = 2_000;

  /** All records but the headers fill one batch. */
  private final Shape shape = Shape.of(3, 9);

  @Override
  public List<Figure> measure() {
    StubAws aws = new StubAws(TimeSource.REAL);
    BenchedEngine engine = new BenchedEngine(aws);
    BareJobs bare = new BareJobs(engine.clients());
    List<Double> ours = new ArrayList<>();
    List<Double> reference = new ArrayList<>();
    long oursCalls = 0;
    long referenceCalls = 0;
    for (int round = -1; round < ROUNDS; round++) {
      submit(engine, aws);
      long before = aws.meter().requests(_ -> true);
      double oursSeconds = Cpu.seconds(() -> require(engine.run().jobsEnded()));
      oursCalls = aws.meter().requests(_ -> true) - before;
      submit(engine, aws);
      before = aws.meter().requests(_ -> true);
      double referenceSeconds = Cpu.seconds(() -> require(bare.workOnAll()));
      referenceCalls = aws.meter().requests(_ -> true) - before;
      if (round >= 0) {
        ours.add(JOBS_A_ROUND / oursSeconds);
        reference.add(JOBS_A_ROUND / referenceSeconds);
      }
    }
    return List.of(
        new Figure(
            "jobs a core-second, backlog of 10,000 jobs of 3 conversations",
            Cpu.median(ours),
            Cpu.median(reference),
            "jobs/s",
            0.80,
            Better.HIGHER),
        Figure.reported(
            "calls a job, backlog of 10,000 jobs of 3 conversations",
            (double) oursCalls / JOBS_A_ROUND,
            (double) referenceCalls / JOBS_A_ROUND,
            "calls",
            Better.LOWER));
  }

  private void submit(BenchedEngine engine, StubAws aws) {
    for (int i = 0; i < JOBS_A_ROUND; i++) {
      engine.submitListed(shape.addTo(aws.records()));
    }
  }

  private static void require(int jobs) {
    if (jobs != JOBS_A_ROUND) {
      throw new IllegalStateException(jobs + " jobs were done");
    }
  }
}
