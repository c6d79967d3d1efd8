package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.offpeak.TakeJobs.Taken;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryChunks;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.simulation.MemoryJobs;
import conversations.deletion.simulation.MemoryQueue;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One job in memory, with its chunks, and leases of it as workers take them. */
final class OneJob {

  static final Duration TERM = Duration.ofSeconds(60);
  static final Duration CHECKPOINT = Duration.ofSeconds(10);

  private static final OffPeakWindow ALWAYS =
      new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);

  final MemoryChunks chunks = new MemoryChunks();
  final MemoryJobs jobs = new MemoryJobs(chunks, Duration.ofDays(90), this::now, Lags.NONE);
  final MemoryHolds holds = new MemoryHolds();
  final Clocks clocks = new Clocks(this::now, this::nanos, this::pass);
  final EngineSettings settings =
      EngineSettings.of(
          ALWAYS,
          engine -> {
            engine.leaseTerm = TERM;
            engine.checkpointInterval = CHECKPOINT;
          });
  final InHand inHand = new InHand(it -> this.recordsWithin.applyAsDouble(it), clocks);
  private final DeletionJob job;
  Instant now;
  ToDoubleFunction<Duration> recordsWithin = _ -> 10_000;
  Duration elapsed = Duration.ZERO;

  OneJob(DeletionJob job, List<ConversationId> conversations) {
    this.job = job;
    this.now = job.submittedAt();
    jobs.submit(job, conversations, ChangeLogEntry.submitted(job), now);
  }

  HeldLease lease() {
    MemoryQueue queue = new MemoryQueue(this::now, 10, _ -> 0);
    Taken.Held held =
        (Taken.Held)
            new TakeJobs(jobs, queue, queue, settings, clocks, _ -> false, new RecordedLog())
                .take(new JobMessage("m-1", "r-1", "{}", job.ref()), run());
    return held.lease();
  }

  private Run run() {
    RunTime time = new RunTime(ALWAYS, clocks, Duration.ofMinutes(15));
    return new Run(time, new RunHolds(holds, time, inHand, 1));
  }

  /** Lets time pass, by all clocks. */
  void pass(Duration time) {
    now = now.plus(time);
    elapsed = elapsed.plus(time);
  }

  private Instant now() {
    return now;
  }

  private long nanos() {
    return elapsed.toNanos();
  }
}
