package conversations.deletion.simulation;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.MetricSums;
import conversations.deletion.application.offpeak.Telemetry;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.config.EnginePorts;
import conversations.deletion.config.EngineWiring;
import conversations.deletion.config.JobStore;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run of the off-peak function, from its start to its end or its death. */
final class Worker {

  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);
  private static final Duration LARGEST_JUMP = Duration.ofMinutes(3);

  /** The process has died. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A call failed for an outside reason. */
  static final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallFailedException(String call) {
      super(call);
    }
  }

  private final String name;
  private final World world;
  private final Instant startedAt;
  private Duration clockError = Duration.ZERO;
  private Optional<JobRef> job = Optional.empty();
  private Instant leaseEnd = Instant.MIN;

  Worker(String name, World world) {
    this.name = name;
    this.world = world;
    this.startedAt = world.timeline.instant();
  }

  /** Does the run. */
  void run() {
    try {
      EngineWiring.runOffPeakDeletions(
              new EnginePorts(
                  new JobStore(new Leases(), new Sweeps(), new Chunks()),
                  new Queue(),
                  new Messages(),
                  new Records(),
                  bots(),
                  this::send),
              world.settings,
              failures -> Duration.ofMillis(25L << Math.min(failures, 6)),
              new Clocks(
                  () -> world.timeline.instant().plus(clockError),
                  () -> Duration.between(world.start, world.timeline.instant()).toNanos(),
                  this::pass),
              new Telemetry(World.SILENCE, new MetricSums(World.NOBODY)))
          .run(FUNCTION_TIME);
    } catch (Killed _) {
      world.note(name, "dies");
    } catch (CallFailedException e) {
      world.note(name, "fails: " + e.getMessage());
    }
  }

  Optional<JobRef> job() {
    return job;
  }

  String name() {
    return name;
  }

  Instant leaseEnd() {
    return leaseEnd;
  }

  Instant deadline() {
    return startedAt.plus(FUNCTION_TIME);
  }

  void setClockRight() {
    clockError = Duration.ZERO;
  }

  private void pass(Duration duration) {
    Duration left = Duration.between(world.timeline.instant(), deadline());
    if (duration.compareTo(left) >= 0) {
      world.timeline.sleep(left);
      world.note(name, "runs out of time");
      throw new Killed();
    }
    world.timeline.sleep(duration);
    if (world.weather.strikes(Fault.CLOCK_FORWARD)) {
      clockError = clockError.plus(jump());
    }
    if (world.weather.strikes(Fault.CLOCK_BACK)) {
      clockError = clockError.minus(jump());
    }
  }

  private Duration jump() {
    return world.weather.between(Duration.ofSeconds(1), LARGEST_JUMP);
  }

  private void pauseOrDie() {
    if (world.weather.strikes(Fault.PAUSE)) {
      pass(world.weather.between(Duration.ofSeconds(1), LONGEST_PAUSE));
    }
    if (world.weather.strikes(Fault.KILL)) {
      throw new Killed();
    }
  }

  private <T> T call(String what, Supplier<T> effect) {
    pass(world.weather.ofCall());
    pauseOrDie();
    if (world.weather.strikes(Fault.CALL_LOST)) {
      world.note(name, what + " is lost");
      throw new CallFailedException(what);
    }
    T result = effect.get();
    world.note(name, what);
    if (world.weather.strikes(Fault.CALL_REPEATED)) {
      pass(world.weather.ofCall());
      result = effect.get();
      world.note(name, what + " again");
    }
    pass(world.weather.ofCall());
    pauseOrDie();
    if (world.weather.strikes(Fault.ANSWER_LOST)) {
      world.note(name, what + " has no answer");
      throw new CallFailedException(what);
    }
    return result;
  }

  private void call(String what, Runnable effect) {
    call(
        what,
        () -> {
          effect.run();
          return null;
        });
  }

  private Bots bots() {
    return bot -> call("find bot", () -> Optional.of(world.bot(bot)));
  }

  /**
   * The engine has just confirmed its lease, so half of it is left. A call lasts no longer than
   * that.
   */
  private void send(OwnerMail.Email email) {
    world.promises.mailing(this, job.orElseThrow());
    pass(world.weather.ofCall());
    if (world.weather.strikes(Fault.MAIL_FAILED)) {
      throw new OwnerMail.MailFailedException("unavailable", null);
    }
    world.promises.mailed(job.orElseThrow());
    world.note(name, "mail");
    pass(world.weather.ofCall());
    pauseOrDie();
    if (world.weather.strikes(Fault.MAIL_ANSWER_LOST)) {
      throw new OwnerMail.MailFailedException("no_answer", null);
    }
  }

  private Duration sinceStart() {
    return Duration.between(world.start, world.timeline.instant());
  }

  private final class Leases implements JobLeases {

    @Override
    public LeaseResult lease(JobRef ref, Instant now, Duration term) {
      Duration asked = sinceStart();
      LeaseResult result =
          call(
              "lease " + world.shortName(ref),
              () -> {
                LeaseResult one = world.jobs.lease(ref, now, term);
                if (one instanceof LeaseResult.Leased(LeasedJob leased)) {
                  world.promises.leased(leased);
                }
                return one;
              });
      if (result instanceof LeaseResult.Leased) {
        job = Optional.of(ref);
        leaseEnd = world.start.plus(asked).plus(term);
      }
      return result;
    }

    @Override
    public LeasedJob save(
        LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
      Duration asked = sinceStart();
      LeasedJob saved =
          call(
              "save " + describe(state),
              () -> {
                LeasedJob one = world.jobs.save(lease, state, until, entry);
                world.promises.stored(one.job());
                return one;
              });
      leaseEnd = world.start.plus(asked).plus(world.settings.leaseTerm());
      return saved;
    }

    @Override
    public void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt) {
      call(
          "release " + describe(state),
          () -> {
            world.jobs.release(lease, state, sweepAt);
            world.promises.stored(lease.job().with(state));
          });
    }

    private String describe(JobState state) {
      return state.status() + " " + state.counts();
    }

    @Override
    public void giveBack(LeasedJob lease, Instant due) {
      call("give back", () -> world.jobs.giveBack(lease, due));
    }
  }

  private final class Sweeps implements JobSweeps {

    @Override
    public List<JobRef> toForget(Instant now, int limit) {
      return call("to forget", () -> world.jobs.toForget(now, limit));
    }

    @Override
    public void forget(JobRef ref, Instant now) {
      call("forget", () -> world.jobs.forget(ref, now));
    }

    @Override
    public List<SweepableJob> toSweep(Instant now, int limit) {
      return call("to sweep", () -> world.jobs.toSweep(now, limit));
    }

    @Override
    public boolean putOffSweep(SweepableJob sweepable, Instant sweepAt) {
      return call("put off sweep", () -> world.jobs.putOffSweep(sweepable, sweepAt));
    }
  }

  private final class Chunks implements JobChunks {

    @Override
    public void forEach(LeasedJob lease, Consumer<Chunk> consumer) {
      call(
              "read chunks",
              () -> {
                List<Chunk> read = new ArrayList<>();
                world.chunks.forEach(lease, read::add);
                return read;
              })
          .forEach(consumer);
    }

    @Override
    public Chunk claim(LeasedJob lease, int number) {
      return call("claim chunk " + number, () -> world.chunks.claim(lease, number));
    }

    @Override
    public boolean add(LeasedJob lease, Chunk chunk) {
      return call("add chunk " + chunk.number(), () -> world.chunks.add(lease, chunk));
    }

    @Override
    public Optional<Chunk> find(JobId id, int number) {
      return call("find chunk " + number, () -> world.chunks.find(id, number));
    }

    @Override
    public void deleteAll(JobId id) {
      call("delete chunks", () -> world.chunks.deleteAll(id));
    }

    @Override
    public void put(LeasedJob lease, Chunk chunk) {
      call(
          "put chunk " + chunk.number() + " " + chunk.counts(),
          () -> {
            world.chunks.put(lease, chunk);
            world.promises.stored(lease.job(), chunk);
          });
    }
  }

  private final class Queue implements JobQueue {
    @Override
    public void send(JobRef ref) {
      call("send " + world.shortName(ref), () -> world.send(ref));
    }
  }

  private final class Messages implements JobMessages {

    @Override
    public Optional<Message> receive(Duration visibility) {
      return call("receive", () -> world.queue.receive(visibility));
    }

    @Override
    public void extend(Message message, Duration visibility) {
      call("extend message", () -> world.queue.extend(message, visibility));
    }

    @Override
    public void remove(Message message) {
      call("remove message", () -> world.queue.remove(message));
    }

    @Override
    public void reject(Message message, String reason) {
      call("reject message", () -> world.queue.reject(message, reason));
    }
  }

  private final class Records implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      RecordPage page =
          call(
              "read " + conversation + " " + consistency,
              () -> world.records.read(bot, conversation, after, limit, consistency));
      world.promises.read(Worker.this, conversation, after, consistency, page);
      return page;
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserId user, DateRange range, Optional<IndexPosition> after, int limit) {
      return call("ask index", () -> world.records.find(bot, user, range, after, limit));
    }

    /**
     * Between the engine's check of the clocks and the request, no more time may pass than its
     * margin.
     */
    @Override
    public DeleteAnswer delete(List<RecordId> records) {
      JobRef ref = job.orElseThrow();
      world.promises.sent(Worker.this, ref, records);
      if (world.weather.strikes(Fault.PAUSE)) {
        pass(
            world.weather.between(
                Duration.ZERO, world.settings.deleteReserve().minus(CALL_TIMEOUT)));
      }
      if (world.weather.strikes(Fault.KILL)) {
        throw new Killed();
      }
      if (world.weather.strikes(Fault.CALL_LOST)) {
        world.note(name, "delete is lost");
        pass(world.weather.between(Duration.ZERO, CALL_TIMEOUT));
        return DeleteAnswer.ofNone(records);
      }
      Runnable effect = () -> world.delete(Worker.this, ref, records);
      if (world.weather.strikes(Fault.DELETE_LATE)) {
        world.timeline.after(world.weather.between(Duration.ZERO, CALL_TIMEOUT), effect);
        pauseOrDie();
        pass(CALL_TIMEOUT);
        return DeleteAnswer.ofNone(records);
      }
      List<RecordId> unprocessed = unprocessed(records);
      List<RecordId> processed = new ArrayList<>(records);
      processed.removeAll(unprocessed);
      pass(world.weather.ofCall());
      world.delete(Worker.this, ref, processed);
      pass(world.weather.ofCall());
      pauseOrDie();
      return world.weather.strikes(Fault.ANSWER_LOST)
          ? DeleteAnswer.ofNone(records)
          : new DeleteAnswer(unprocessed, processed.size());
    }

    private List<RecordId> unprocessed(List<RecordId> records) {
      if (!world.weather.strikes(Fault.UNPROCESSED)) {
        return List.of();
      }
      return world.weather.chance(2)
          ? records
          : records.stream().filter(_ -> world.weather.chance(2)).toList();
    }
  }
}
