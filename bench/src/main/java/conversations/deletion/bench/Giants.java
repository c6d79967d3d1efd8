package conversations.deletion.bench;

import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A job of three conversations that takes several nights, in simulated time: nights, runs, its
 * count of records, and memory. The table is one of 200 units for 5,000,000 records each, which is
 * {@code -Dbench.giant=5000000}. For fewer records it has fewer units, so that it takes as long.
 *
 * <p>The window has five hours a night. Runs follow each other, each at a full minute.
 */
final class Giants implements Measurement {

  private static final int CONVERSATIONS = 3;
  private static final int LARGEST = 5_000_000;
  private static final int UNITS_OF_LARGEST = 200;

  /** For memory, the job is compared with one of a tenth of its records. */
  private static final int SMALLER = 10;

  private static final OffPeakWindow WINDOW =
      new OffPeakWindow(OffPeakHours.parse("0-4"), ZoneOffset.UTC);

  private static final Duration NIGHT = Duration.ofHours(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LATENCY = Duration.ofMillis(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(20);
  private static final int MOST_NIGHTS = 30;

  /**
   * What a job took.
   *
   * @param open how much of the window went by
   * @param peakHeap the largest heap after a full garbage collection, in bytes, without the stub's
   */
  private record Giant(int nights, int runs, Duration open, long counted, long peakHeap) {}

  @Override
  public List<Figure> measure() {
    int records = Integer.getInteger("bench.giant", LARGEST / SMALLER);
    int units = (int) Math.max(1, (long) UNITS_OF_LARGEST * records / LARGEST);
    Giant giant = giant(records, units);
    Giant smaller = giant(records / SMALLER, units);
    long all = (long) CONVERSATIONS * records;
    double leastHours = all / (double) units / Duration.ofHours(1).toSeconds();
    String job = "%d conversations of %,d records".formatted(CONVERSATIONS, records);
    return List.of(
        new Figure("records counted, " + job, giant.counted(), all, "records", 1, Better.HIGHER),
        Figure.reported(
            "nights, " + job,
            giant.nights(),
            Math.ceil(leastHours / NIGHT.toHours()),
            "nights",
            Better.LOWER),
        Figure.reported(
            "hours of the window, %s, %d units".formatted(job, units),
            giant.open().toSeconds() / (double) Duration.ofHours(1).toSeconds(),
            leastHours,
            "hours",
            Better.LOWER),
        Figure.reported(
            "runs, " + job,
            giant.runs(),
            Math.ceil(giant.open().toSeconds() / (double) BenchedEngine.FUNCTION_TIME.toSeconds()),
            "runs",
            Better.LOWER),
        Figure.reported(
            "peak heap, %s, against a tenth".formatted(job),
            giant.peakHeap() / 1e6,
            smaller.peakHeap() / 1e6,
            "MB",
            Better.LOWER));
  }

  private static Giant giant(int records, int units) {
    SimulatedTime time = new SimulatedTime();
    long before = heap();
    StubAws aws = new StubAws(time);
    SampleUser user = Shape.of(CONVERSATIONS, records).addTo(aws.records());
    long stub = heap() - before;
    aws.behave(Behaviour.atOnce().withLatency(LATENCY).withLimits(WriteLimits.provisioned(units)));
    AtomicLong peak = watchHeap(aws);
    BenchedEngine engine = new BenchedEngine(aws, aws, EngineSettings.of(WINDOW, _ -> {}));
    Giant giant = time.run(() -> untilItEnds(engine, user, time));
    if (giant.counted() > (long) CONVERSATIONS * records - aws.records().left(user)) {
      throw new IllegalStateException("counted more than was deleted: " + giant);
    }
    return new Giant(
        giant.nights(), giant.runs(), giant.open(), giant.counted(), peak.get() - stub);
  }

  private static Giant untilItEnds(BenchedEngine engine, SampleUser user, SimulatedTime time) {
    JobId job = engine.submit(user);
    int nights = 0;
    int runs = 0;
    Duration open = Duration.ZERO;
    boolean hasEnded = false;
    while (!hasEnded && nights < MOST_NIGHTS) {
      sleepUntil(WINDOW.nextOpening(engine.now()), engine, time);
      nights++;
      Instant opened = engine.now();
      while (!hasEnded && WINDOW.isOpenAt(engine.now())) {
        runs++;
        hasEnded = engine.run(BenchedEngine.FUNCTION_TIME).jobsEnded() > 0;
        open = hasEnded ? open.plus(Duration.between(opened, engine.now())) : open;
        sleepUntil(nextMinute(engine.now()), engine, time);
      }
      open = hasEnded ? open : open.plus(NIGHT);
    }
    return new Giant(nights, runs, open, engine.counts(job).deletedRecords(), 0);
  }

  private static Instant nextMinute(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
  }

  private static void sleepUntil(Instant moment, BenchedEngine engine, SimulatedTime time) {
    try {
      time.sleep(Duration.between(engine.now(), moment));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks at the heap from time to time, at a request. */
  private static AtomicLong watchHeap(StubAws aws) {
    AtomicLong peak = new AtomicLong();
    AtomicLong next = new AtomicLong();
    aws.setGate(
        (_, _) -> {
          long due = next.get();
          if (aws.age() >= due && next.compareAndSet(due, aws.age() + BETWEEN_LOOKS.toNanos())) {
            peak.accumulateAndGet(heap() - aws.packedBytes(), Math::max);
          }
        });
    return peak;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
