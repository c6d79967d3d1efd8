package conversations.deletion.simulation;

import conversations.deletion.domain.JobStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Schedules that were run, and what was seen in them. */
public final class Schedules {

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<String, Long> outages = new TreeMap<>();
  private final Map<JobStatus, Long> ends = new EnumMap<>(JobStatus.class);
  private final ScheduleNumbers numbers;
  private long schedules;
  private long steps;
  private long runs;
  private long takeovers;
  private long cancels;
  private long secondMails;
  private long attachments;
  private long waits;
  private long withHeldDeletes;

  public Schedules() {
    this(ScheduleNumbers.USUAL);
  }

  public Schedules(ScheduleNumbers numbers) {
    this.numbers = numbers;
  }

  /** Tells what a schedule did from what any other did. */
  public record Trace(long hash, int steps) {}

  /** A promise was broken. */
  public static final class BrokenException extends AssertionError {
    private static final long serialVersionUID = 1;

    private BrokenException(long seed, List<String> tail, Throwable cause) {
      super(
          "schedule %d: %s%n%s%nRun it alone: mvn -pl functions test -Dtest=SchedulesTest -Dschedules.seed=%d"
              .formatted(seed, cause.getMessage(), String.join("\n", tail), seed),
          cause);
    }
  }

  /** Runs the schedule of a seed. */
  public Trace run(long seed) {
    World world = new World(seed, numbers);
    try {
      world.run();
    } catch (AssertionError | RuntimeException e) {
      throw new BrokenException(seed, world.trace.tail(), e);
    }
    add(world);
    return new Trace(world.trace.hash(), world.trace.steps());
  }

  private void add(World world) {
    schedules++;
    steps += world.trace.steps();
    runs += world.workers();
    takeovers += world.promises.takeovers();
    cancels += world.promises.cancels();
    secondMails += world.promises.mails().second();
    attachments += world.platform.uploader().deletedByJobs();
    waits += world.promises.holds().waits();
    withHeldDeletes += world.promises.holds().stopped() > 0 ? 1 : 0;
    world.weather.seen().forEach((fault, n) -> faults.merge(fault, (long) n, Long::sum));
    world.outages.met().forEach((what, n) -> outages.merge(what.name(), (long) n, Long::sum));
    world.promises.ends().forEach((status, n) -> ends.merge(status, (long) n, Long::sum));
  }

  /** How often each fault was seen. */
  public Map<Fault, Long> faults() {
    return Map.copyOf(faults);
  }

  /** How many calls met an outage of each service, and of each permission. */
  public Map<String, Long> outages() {
    return Map.copyOf(outages);
  }

  /** How many jobs ended with each status. */
  public Map<JobStatus, Long> ends() {
    return Map.copyOf(ends);
  }

  /** How often a job was taken over from a worker that had not given it back. */
  public long takeovers() {
    return takeovers;
  }

  /** How often a caller asked to cancel. */
  public long cancels() {
    return cancels;
  }

  /** How many attachments jobs have deleted. */
  public long attachments() {
    return attachments;
  }

  /** How often a job came to wait for holds. */
  public long waits() {
    return waits;
  }

  /** In how many schedules a hold met a delete of work in hand. */
  public long withHeldDeletes() {
    return withHeldDeletes;
  }

  /** How many steps were taken. */
  public long steps() {
    return steps;
  }

  @Override
  public String toString() {
    return "%d schedules, %d steps, %d runs, %d takeovers, %d cancels, %d second e-mails, %d attachments deleted, %d waits for holds, %d schedules in which a hold met a delete%n  %s%n  %s%n  %s"
        .formatted(
            schedules,
            steps,
            runs,
            takeovers,
            cancels,
            secondMails,
            attachments,
            waits,
            withHeldDeletes,
            text(ends),
            text(faults),
            text(outages));
  }

  private static String text(Map<?, Long> numbers) {
    return numbers.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }
}
