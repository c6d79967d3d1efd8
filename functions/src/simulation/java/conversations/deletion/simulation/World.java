package conversations.deletion.simulation;

import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.Submission;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All parts of one schedule: a platform, its tables and queue, the workers, and the time. */
final class World {

  static final BotId BOT = new BotId("st-1");
  static final ChannelUserId USER = new ChannelUserId("u-1");
  static final String HEADER = "SESSION";
  static final OperatorLog SILENCE = new Silence();

  /** Takes the engine's figures and drops them. */
  static final Metrics NOBODY = _ -> {};

  private static final ClientAppId CLIENT_APP = new ClientAppId("schedules");
  private static final int MAX_RECEIVE_COUNT = 10;
  private static final int TRACE_TAIL = 4000;

  /** This many runs are enough for any job once nothing goes wrong any more. */
  private static final int MAX_QUIET_RUNS = 200;

  /** A conversation as the platform knows it. */
  record Begun(ChannelUserId user, Instant startedAt, Set<String> keys) {}

  final Weather weather;
  final Instant start;
  final OffPeakWindow window;
  final EngineSettings settings;
  final Timeline timeline;
  final MemoryChunks chunks = new MemoryChunks();
  final MemoryJobs jobs;
  final MemoryRecords records;
  final MemoryQueue queue;
  final Promises promises;
  final Map<ConversationId, Begun> begun = new LinkedHashMap<>();
  final Map<JobRef, List<ConversationId>> listed = new LinkedHashMap<>();

  private final Set<Worker> active = new LinkedHashSet<>();
  private final Deque<String> traceTail = new ArrayDeque<>();
  private final int maxWorkers;
  private long traceHash;
  private int steps;
  private int lastConversation;
  private int lastJob;
  private int lastWorker;
  private int awaitedJobs;
  private int quietRuns;

  World(long seed) {
    this.weather = new Weather(seed);
    this.window =
        new OffPeakWindow(
            OffPeakHours.parse(weather.oneOf("*", "22-23,0-1", "1-3", "2", "23,0,3-4")),
            ZoneId.of(weather.oneOf("UTC", "Europe/Berlin", "America/St_Johns")));
    this.settings =
        EngineSettings.of(
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
    Instant day =
        Instant.parse(
            weather.oneOf("2026-05-08T00:00:00Z", "2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"));
    this.start = aroundTheWindow(day);
    this.timeline = new Timeline(start, weather::choose);
    this.jobs = new MemoryJobs(chunks, Duration.ofDays(90), timeline, weather);
    this.records = new MemoryRecords(timeline, weather, weather.oneOf(2, 7, 30, 1_000));
    this.queue = new MemoryQueue(timeline, MAX_RECEIVE_COUNT, weather::choose);
    this.promises = new Promises(this);
    this.maxWorkers = 1 + weather.choose(3);
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
    seedConversations();
    planJobs();
    planBadWeathersEnd();
    timeline.after(Duration.ZERO, this::tick);
    timeline.run();
    promises.holdAtTheEnd();
  }

  private void seedConversations() {
    int own = weather.choose(6);
    for (int i = 0; i < own; i++) {
      begin(USER, start.minus(Duration.ofDays(1)).plusSeconds(i / 2), sizeOfOne());
    }
    begin(new ChannelUserId("u-2"), start.minus(Duration.ofDays(1)), 3);
    if (weather.chance(4)) {
      talkOn(begin(USER, start.minus(Duration.ofMinutes(10)), 3), 1 + weather.choose(5));
    }
    if (weather.chance(3)) {
      timeline.after(
          weather.between(Duration.ofMinutes(1), Duration.ofHours(1)),
          () -> begin(USER, timeline.instant(), 2));
    }
  }

  private int sizeOfOne() {
    return weather.oneOf(1, 2, 3, 8, 26, 1 + weather.choose(70));
  }

  private ConversationId begin(ChannelUserId user, Instant startedAt, int size) {
    ConversationId id = new ConversationId("c" + ++lastConversation);
    begun.put(id, new Begun(user, startedAt, new LinkedHashSet<>()));
    write(
        id,
        new RecordHead(
            HEADER,
            Optional.of(startedAt),
            Optional.of(new SessionHeader(Optional.of(user), Optional.of(startedAt)))));
    for (int i = 1; i < size; i++) {
      append(id, weather.chance(2) ? "M" : "Z", startedAt.plusMillis(i));
    }
    return id;
  }

  private void talkOn(ConversationId id, int times) {
    if (times > 0) {
      timeline.after(
          weather.between(Duration.ofMinutes(1), Duration.ofMinutes(20)),
          () -> {
            append(id, "M", timeline.instant());
            talkOn(id, times - 1);
          });
    }
  }

  /** Platforms append to a conversation only as long as its session header is there. */
  private void append(ConversationId id, String prefix, Instant createdAt) {
    if (records.has(new RecordId(BOT, id, HEADER))) {
      String key = prefix + "%04d".formatted(begun.get(id).keys().size());
      write(id, new RecordHead(key, Optional.of(createdAt), Optional.empty()));
    }
  }

  private void write(ConversationId id, RecordHead record) {
    begun.get(id).keys().add(record.recordKey());
    records.write(BOT, id, record);
  }

  private void planJobs() {
    int count = 1 + (weather.chance(3) ? 1 : 0);
    for (int i = 0; i < count; i++) {
      awaitedJobs++;
      timeline.after(
          weather.between(Duration.ZERO, Duration.ofMinutes(i == 0 ? 2 : 30)), this::submit);
    }
  }

  private void submit() {
    if (weather.chance(4)) {
      begin(USER, timeline.instant(), 2); // The index may not know it until it has settled.
    }
    List<ConversationId> asked =
        Stream.concat(
                begun.entrySet().stream()
                    .filter(one -> one.getValue().user().equals(USER) && weather.choose(4) > 0)
                    .map(Map.Entry::getKey),
                Stream.of(new ConversationId("unknown")))
            .toList();
    boolean byUser = weather.chance(2);
    DeletionRequest request =
        byUser
            ? new ByChannelUser(USER, Optional.empty(), Optional.empty())
            : new ByConversations(asked);
    SubmitDeletionJob submission =
        new SubmitDeletionJob(
            jobs,
            this::send,
            (_, _) -> Optional.empty(),
            window,
            settings.sweepGrace(),
            SILENCE,
            NOBODY);
    Submission form =
        new Submission(
            BOT, CLIENT_APP, Optional.empty(), "i" + ++lastJob, request, timeline.instant());
    if (submission.submit(form) instanceof Accepted(DeletionJob job, Instant _)) {
      listed.put(job.ref(), byUser ? List.of() : asked);
      awaitedJobs--;
      note("caller", "submits " + shortName(job.ref()) + " " + job.target().requestType());
      if (weather.chance(4)) {
        timeline.after(
            weather.between(
                Duration.ZERO, weather.oneOf(Duration.ofMinutes(5), Duration.ofHours(30))),
            () -> cancel(job));
      }
    }
  }

  private void cancel(DeletionJob job) {
    note(
        "caller",
        "cancels: "
            + new CancelDeletionJob(jobs, jobs, timeline, SILENCE, NOBODY)
                .cancel(BOT, job.id(), CLIENT_APP)
                .getClass()
                .getSimpleName());
    promises.cancelled();
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

  /** A delete takes effect. */
  void delete(Worker worker, JobRef job, List<RecordId> toDelete) {
    promises.deleting(worker, job, toDelete);
    records.delete(toDelete);
    note(worker.name(), "deletes " + toDelete.size());
    if (!toDelete.isEmpty() && weather.strikes(Fault.LATE_WRITE)) {
      ConversationId id = toDelete.getLast().conversation();
      timeline.after(
          weather.between(Duration.ZERO, Duration.ofMillis(200)),
          () -> append(id, weather.oneOf("A", "M", "Z"), timeline.instant()));
    }
  }

  private void planBadWeathersEnd() {
    Duration bad =
        weather.oneOf(
            Duration.ofMinutes(3),
            Duration.ofMinutes(20),
            Duration.ofHours(3),
            Duration.ofHours(50));
    timeline.after(
        bad,
        () -> {
          note("weather", "calms down");
          weather.calmDown();
          active.forEach(Worker::setClockRight);
        });
  }

  /** Starts a run, as the schedule of the deployed function does, and plans the next. */
  private void tick() {
    boolean isAllDone = awaitedJobs == 0 && jobs.all().stream().allMatch(World::isClosed);
    if (isAllDone && active.isEmpty()) {
      return;
    }
    Instant now = timeline.instant();
    Instant next = window.nextOpening(nextDue().filter(now::isBefore).orElse(now));
    if (!next.equals(now) && active.isEmpty() && awaitedJobs == 0) {
      timeline.after(Duration.between(now, next), this::tick);
      return;
    }
    if (!isAllDone && active.size() < maxWorkers && window.isOpenAt(now)) {
      startWorker();
    }
    timeline.after(weather.between(Duration.ofSeconds(5), Duration.ofSeconds(60)), this::tick);
  }

  /** The next moment at which a run would have something to do. */
  private Optional<Instant> nextDue() {
    return Stream.concat(
            jobs.all().stream()
                .filter(one -> !isClosed(one))
                .flatMap(one -> one.sweepAt().stream()),
            queue.nextVisible().stream())
        .min(Instant::compareTo);
  }

  private static boolean isClosed(MemoryJobs.Item item) {
    return item.group() != MemoryJobs.Group.OPEN;
  }

  private void startWorker() {
    if (weather.isCalm() && ++quietRuns > MAX_QUIET_RUNS) {
      throw new AssertionError("a job does not end: " + jobs.all());
    }
    Worker worker = new Worker("w" + ++lastWorker, this);
    active.add(worker);
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

  Bot bot(BotId id) {
    return new Bot(id, Optional.of("Bot"), Optional.of("owner@bots.example"));
  }

  String shortName(JobRef job) {
    return "job " + (new ArrayList<>(listed.keySet()).indexOf(job) + 1);
  }

  /** Writes a line of the trace. */
  void note(String who, String what) {
    steps++;
    String line = Duration.between(start, timeline.instant()) + " " + who + " " + what;
    traceHash = traceHash * 31 + line.hashCode();
    traceTail.add(line);
    if (traceTail.size() > TRACE_TAIL) {
      traceTail.remove();
    }
  }

  /** A hash that tells this trace from others. */
  long traceHash() {
    return traceHash;
  }

  List<String> traceTail() {
    return List.copyOf(traceTail);
  }

  int steps() {
    return steps;
  }

  int workers() {
    return lastWorker;
  }
}
