package conversations.deletion.simulation;

import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.config.EnginePorts;
import conversations.deletion.config.EngineWiring;
import conversations.deletion.config.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run of the off-peak function, from its start to its end or its death. */
final class Worker {

  static final Duration FUNCTION_TIME = Duration.ofMinutes(15);

  /** The process has died. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final String name;
  private final World world;
  private final WorkerClock clock;
  private Optional<WorkerLease> lease = Optional.empty();

  Worker(String name, World world) {
    this.name = name;
    this.world = world;
    this.clock = new WorkerClock(name, world, world.timeline.instant().plus(FUNCTION_TIME));
  }

  /** Does the run. */
  void run() {
    Calls calls = new Calls(name, world, clock);
    CalledJobs jobs = new CalledJobs(this, world, calls);
    CalledQueue queue = new CalledQueue(world, calls);
    CalledMail mail = new CalledMail(this, world, calls);
    try {
      EngineWiring.runOffPeakDeletions(
              new EnginePorts(
                  new JobStore(
                      jobs,
                      new CalledSweeps(world, calls),
                      new CalledChunks(world, calls),
                      world.previews,
                      (_, _) -> List.of()),
                  new CalledHolds(world, calls),
                  queue,
                  queue,
                  new CalledRecords(this, world, calls),
                  world.platform.uploader().hasBucket()
                      ? new CalledAttachments(this, world, calls)
                      : Attachments.NONE,
                  mail,
                  mail,
                  (_, _) -> 19,
                  mail,
                  new SimulatedOutages()),
              world.settings,
              clock.clocks(),
              new Telemetry(World.SILENCE, new MetricSums(World.NOBODY)))
          .run(FUNCTION_TIME);
    } catch (Killed _) {
      world.note(name, "dies");
    } catch (Calls.CallFailedException | Calls.DeniedException e) {
      world.note(name, "fails: " + e.getMessage());
    }
  }

  String name() {
    return name;
  }

  /** The lease that it got last, which may have run out. */
  WorkerLease lease() {
    return lease.orElseThrow();
  }

  void holds(WorkerLease newLease) {
    lease = Optional.of(newLease);
  }

  Instant deadline() {
    return clock.deadline();
  }

  void setClockRight() {
    clock.setRight();
  }
}
