package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.TimeSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How time and memory grow from a job of 10,000 records to one of 1,000,000. */
final class Growth implements Measurement {

  private static final int RECORDS_EACH = 100;
  private static final int SMALL = 10_000;
  private static final int MIDDLE = 100_000;
  private static final int LARGE = 1_000_000;
  private static final int WARM_UPS = 20;

  /** Half of them run before the large job, half after it. Together they are as large. */
  private static final int SMALL_JOBS = 100;

  /** How often the heap is looked at during a job. */
  private static final int LOOKS = 40;

  /** The requests per record, roughly: its share of a batch and of its conversation's reads. */
  private static final double REQUESTS_A_RECORD = 0.07;

  @Override
  public List<Figure> measure() throws IOException {
    StubAws aws = new StubAws(TimeSource.REAL);
    BenchedEngine engine = new BenchedEngine(aws);
    seconds(engine, aws, MIDDLE);
    seconds(engine, aws, MIDDLE);
    for (int i = 0; i < WARM_UPS; i++) {
      seconds(engine, aws, SMALL);
    }
    double small = smallJobs(engine, aws);
    double middle = seconds(engine, aws, MIDDLE);
    double large = seconds(engine, aws, LARGE);
    small += smallJobs(engine, aws);
    Charts.growth(
        new double[] {SMALL, MIDDLE, LARGE}, new double[] {small / SMALL_JOBS, middle, large});
    return List.of(
        new Figure(
            "CPU time, job of 1,000,000 records against 100 jobs of 10,000",
            large,
            small,
            "s",
            1.05,
            Better.LOWER),
        new Figure(
            "peak heap, job of 1,000,000 records against job of 10,000",
            peakHeap(LARGE),
            peakHeap(SMALL),
            "MB",
            1.10,
            Better.LOWER));
  }

  /**
   * The CPU seconds of half of the small jobs. Their sum is compared, not a median, so that both
   * sides include garbage collections, which are rarer than small jobs.
   */
  private static double smallJobs(BenchedEngine engine, StubAws aws) {
    double seconds = 0;
    for (int i = 0; i < SMALL_JOBS / 2; i++) {
      seconds += seconds(engine, aws, SMALL);
    }
    return seconds;
  }

  private static double seconds(BenchedEngine engine, StubAws aws, int records) {
    SampleUser user = Shape.of(records / RECORDS_EACH, RECORDS_EACH).addTo(aws.records());
    engine.submit(user);
    double seconds = Cpu.seconds(engine::run);
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException("records are left");
    }
    return seconds;
  }

  /**
   * The largest heap after a full garbage collection, in megabytes, without what the stub takes.
   * The heap is looked at from time to time during the job.
   */
  private static double peakHeap(int records) {
    long before = heap();
    StubAws aws = new StubAws(TimeSource.REAL);
    SampleUser user = Shape.of(records / RECORDS_EACH, RECORDS_EACH).addTo(aws.records());
    long stub = heap() - before;
    BenchedEngine engine = new BenchedEngine(aws);
    engine.submit(user);
    AtomicLong requests = new AtomicLong();
    AtomicLong peak = new AtomicLong();
    long between = Math.max(1, (long) (records * REQUESTS_A_RECORD / LOOKS));
    aws.setGate(
        (_, _) -> {
          if (requests.incrementAndGet() % between == 0) {
            peak.accumulateAndGet(heap() - aws.packedBytes(), Math::max);
          }
        });
    engine.run();
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException("records are left");
    }
    return (peak.get() - stub) / 1e6;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
