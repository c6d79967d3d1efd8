package conversations.deletion.bench;

import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import java.time.Duration;
import java.util.List;

/**
 * One run, in simulated time and with 5 ms for each call, of a job that is larger than what a
 * provisioned table takes meanwhile.
 */
final class ProvisionedTrial {

  private static final Duration LATENCY = Duration.ofMillis(5);

  /** A run stops deleting some seconds before its end. */
  private static final Duration RESERVE = Duration.ofSeconds(15);

  /** The units of a conversation, as far as its records are small enough. */
  private static final int CONVERSATION_UNITS = 200;

  private static final int FEWEST_RECORDS = 4;
  private static final int MOST_RECORDS = 100;

  private final SimulatedTime time = new SimulatedTime();
  private final StubAws aws = new StubAws(time);
  private final BenchedEngine engine = new BenchedEngine(aws);
  private final Duration measured;
  private final SampleUser user;

  /**
   * @param units what is provisioned for the table
   * @param measured for how long it is measured
   */
  ProvisionedTrial(int units, int recordBytes, Duration measured) {
    this.measured = measured;
    limitTo(units);
    this.user = shape(units, recordBytes, measured).addTo(aws.records());
  }

  private static Shape shape(int units, int recordBytes, Duration measured) {
    int recordUnits = Math.ceilDiv(recordBytes, Shape.KB);
    int records = Math.clamp(CONVERSATION_UNITS / recordUnits, FEWEST_RECORDS, MOST_RECORDS);
    double seconds = WriteLimits.PROVISIONED_BURST_SECONDS + measured.plus(RESERVE).toSeconds();
    int conversations = (int) Math.ceil(units * seconds / (records * recordUnits));
    // Some more for what the rounding leaves, and for what waits at the end of a run.
    return Shape.of(conversations + conversations / 20 + 100, records).withRecordsOf(recordBytes);
  }

  /** Changes what is provisioned for the table, from now on. */
  void limitTo(int units) {
    aws.behave(Behaviour.atOnce().withLatency(LATENCY).withLimits(WriteLimits.provisioned(units)));
  }

  StubAws aws() {
    return aws;
  }

  /** What happens beside a run, in simulated time. */
  @FunctionalInterface
  interface Meanwhile {

    void happen() throws InterruptedException;
  }

  /** Runs the job, and begins something else with it. */
  void run(Meanwhile meanwhile) {
    time.run(
        () -> {
          engine.submit(user);
          Thread.startVirtualThread(() -> begin(meanwhile));
          return engine.run(measured.plus(RESERVE));
        });
    if (aws.records().left(user) == 0) {
      throw new IllegalStateException("the run had too little to do");
    }
  }

  private static void begin(Meanwhile meanwhile) {
    try {
      meanwhile.happen();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }

  /** The units that deletes took of the table from one second on and before another. */
  long taken(long from, long to) {
    return sum(aws.meter().unitsTaken(), from, to);
  }

  /** The units that deletes took of the table in all the time that is measured. */
  long taken() {
    return taken(0, measured.toSeconds());
  }

  /** The units that deletes asked for in vain in all the time that is measured. */
  long refused() {
    return sum(aws.meter().unitsRefused(), 0, measured.toSeconds());
  }

  private static long sum(List<Long> seconds, long from, long to) {
    return seconds.stream().skip(from).limit(to - from).mapToLong(Long::longValue).sum();
  }
}
