package conversations.deletion.simulation;

import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All parts of one schedule: a platform, its tables and queue, the workers, and the time. */
final class World {

  static final OperatorLog SILENCE = new Silence();

  /** Takes the engine's figures and drops them. */
  static final Metrics NOBODY = _ -> {};

  private static final int MAX_RECEIVE_COUNT = 10;

  /** This many runs are enough for any job once nothing goes wrong any more. */
  private static final int MAX_QUIET_RUNS = 200;

  final ScheduleNumbers numbers;
  final Weather weather;
  final Instant start;
  final OffPeakWindow window;
  final EngineSettings settings;
  final Timeline timeline;
  final PlannedOutages outages;
  final MemoryChunks chunks = new MemoryChunks();
  final MemoryHolds holds = new MemoryHolds();
  final MemoryPreviews previews = new MemoryPreviews();
  final MemoryJobs jobs;
  final MemoryQueue queue;
  final Platform platform;
  final Callers callers;
  final Holders holders;
  final Promises promises;
  final Trace trace = new Trace();

  private final Set<Worker> active = new LinkedHashSet<>();
  private final int maxWorkers;
  private int lastWorker;
  private int quietRuns;
  private Instant lastStart;

  World(long seed, ScheduleNumbers numbers) {
    this.numbers = numbers;
    this.weather = new Weather(seed, numbers.slowestCall());
    this.window =
        new OffPeakWindow(
            OffPeakHours.parse(weather.oneOf("*", "22-23,0-1", "1-3", "2", "23,0,3-4")),
            ZoneId.of(weather.oneOf("UTC", "Europe/Berlin", "America/St_Johns")));
    this.settings = settings(window);
    Instant day =
        Instant.parse(
            weather.oneOf("2026-05-08T00:00:00Z", "2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"));
    this.start = aroundTheWindow(day);
    this.lastStart = start;
    this.timeline = new Timeline(start, weather::choose);
    this.outages = new PlannedOutages(weather, numbers.outages(), start);
    this.jobs = new MemoryJobs(chunks, Duration.ofDays(90), timeline, weather);
    this.queue = new MemoryQueue(timeline, MAX_RECEIVE_COUNT, weather::choose);
    this.platform = new Platform(weather, timeline, numbers);
    this.callers = new Callers(this);
    this.holders = new Holders(this);
    this.promises = new Promises(this);
    this.maxWorkers = 1 + weather.choose(3);
  }

  private static EngineSettings settings(OffPeakWindow window) {
    return EngineSettings.of(
        window,
        engine -> {
          engine.leaseTerm = Duration.ofSeconds(20);
          engine.indexSettle = Duration.ofMinutes(5);
          engine.patience = Duration.ofSeconds(30);
          engine.sweepGrace = Duration.ofMinutes(2);
          engine.checkpointInterval = Duration.ofSeconds(1);
          engine.jobsAtOnce = 1;
          engine.chunksAtOnce = 1;
          engine.deleteConcurrency = 1;
          engine.readConcurrency = 1;
        });
  }

  /** Shortly before the window opens, within it, or shortly before it closes. */
  private Instant aroundTheWindow(Instant day) {
    Instant opening = window.nextOpening(day.plus(Duration.ofHours(1)));
    Instant closing = window.nextClosing(opening);
    return weather.chance(3) && closing.isBefore(Instant.MAX)
        ? closing.minus(weather.between(Duration.ofMinutes(1), Duration.ofMinutes(12)))
        : opening.plus(weather.between(Duration.ofMinutes(-10), Duration.ofMinutes(10)));
  }

  /** Lets everything happen, to the end. */
  void run() {
    platform.talk();
    callers.planJobs(numbers.mostJobs());
    holders.planHolds();
    planBadWeathersEnd();
    timeline.after(Duration.ZERO, this::tick);
    timeline.run();
    promises.holdAtTheEnd();
  }

  /** Sends a message to the queue, which may lose, repeat or delay it. */
  void send(JobRef job) {
    if (weather.strikes(Fault.MESSAGE_LOST)) {
      return;
    }
    Duration delay =
        weather.strikes(Fault.MESSAGE_LATE)
            ? weather.between(Duration.ZERO, Duration.ofMinutes(10))
            : Duration.ZERO;
    queue.send(job, delay);
    if (weather.strikes(Fault.MESSAGE_TWICE)) {
      queue.send(job, weather.between(Duration.ZERO, Duration.ofMinutes(2)));
    }
  }

  private void planBadWeathersEnd() {
    timeline.after(
        weather.oneOf(
            Duration.ofMinutes(3),
            Duration.ofMinutes(20),
            Duration.ofHours(3),
            Duration.ofHours(50)),
        this::endBadWeather);
  }

  /** Bad weather lasts as long as any outage. */
  private void endBadWeather() {
    outages.calmDown();
    Instant now = timeline.instant();
    Optional<Instant> outagesEnd = outages.end().filter(now::isBefore);
    if (outagesEnd.isPresent()) {
      timeline.after(Duration.between(now, outagesEnd.get()), this::endBadWeather);
      return;
    }
    note("weather", "calms down");
    weather.calmDown();
    holders.releaseAll();
    active.forEach(Worker::setClockRight);
  }

  /** Starts a run, as the schedule of the deployed function does, and plans the next. */
  private void tick() {
    boolean isAllDone = callers.awaitedJobs() == 0 && jobs.all().stream().allMatch(World::isClosed);
    if (isAllDone && active.isEmpty()) {
      return;
    }
    Instant now = timeline.instant();
    Instant next = window.nextOpening(nextDue().filter(now::isBefore).orElse(now));
    if (!next.equals(now) && active.isEmpty() && callers.awaitedJobs() == 0) {
      timeline.after(Duration.between(now, next), this::tick);
      return;
    }
    if (!isAllDone && active.size() < maxWorkers && window.isOpenAt(now)) {
      startWorker();
    }
    timeline.after(untilNextTick(now), this::tick);
  }

  /** During an outage runs are rarer, so that a long one does not make a schedule long. */
  private Duration untilNextTick(Instant now) {
    return outages.isAny(now)
        ? weather.between(Duration.ofSeconds(5), Duration.ofMinutes(15))
        : weather.between(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  /** The next moment at which a run would have something to do. */
  private Optional<Instant> nextDue() {
    return Stream.concat(
            jobs.all().stream().filter(one -> !isClosed(one)).flatMap(this::due),
            queue.nextVisible().stream())
        .min(Instant::compareTo);
  }

  /** A job that waits for holds is looked at once a window. */
  private Stream<Instant> due(MemoryJobs.Item item) {
    return item.group() == MemoryJobs.Group.ON_HOLD
        ? Stream.of(window.openingOfNextWindow(lastStart))
        : item.sweepAt().stream();
  }

  private static boolean isClosed(MemoryJobs.Item item) {
    return item.group() != MemoryJobs.Group.OPEN && item.group() != MemoryJobs.Group.ON_HOLD;
  }

  private void startWorker() {
    if (weather.isCalm() && ++quietRuns > MAX_QUIET_RUNS) {
      throw new AssertionError("a job does not end: " + jobs.all());
    }
    Worker worker = new Worker("w" + ++lastWorker, this);
    active.add(worker);
    lastStart = timeline.instant();
    note(worker.name(), "starts");
    timeline.start(
        () -> {
          try {
            worker.run();
          } finally {
            active.remove(worker);
          }
          note(worker.name(), "ends");
        });
  }

  /** Everything that went wrong so far. */
  int faults() {
    return weather.faults() + outages.calls();
  }

  /** Tells whether no clock was ever wrong. */
  boolean areClocksRight() {
    return weather.seen(Fault.CLOCK_FORWARD) + weather.seen(Fault.CLOCK_BACK) == 0;
  }

  /** Writes a line of the trace. */
  void note(String who, String what) {
    trace.add(Duration.between(start, timeline.instant()) + " " + who + " " + what);
  }

  int workers() {
    return lastWorker;
  }
}
