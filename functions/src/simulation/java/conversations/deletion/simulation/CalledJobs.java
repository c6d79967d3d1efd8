package conversations.deletion.simulation;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The table of jobs, as a worker calls it. */
final class CalledJobs implements JobLeases {

  private final Worker worker;
  private final World world;
  private final Calls calls;

  CalledJobs(Worker worker, World world, Calls calls) {
    this.worker = worker;
    this.world = world;
    this.calls = calls;
  }

  @Override
  public LeaseResult lease(JobRef ref, Instant now, Duration term) {
    Instant asked = calls.now();
    LeaseResult result =
        calls.call(
            Permission.LEASE_JOBS,
            "lease " + world.callers.shortName(ref),
            () -> {
              LeaseResult one = world.jobs.lease(ref, now, term);
              if (one instanceof LeaseResult.Leased(LeasedJob leased)) {
                world.promises.leased(leased);
              }
              return one;
            });
    if (result instanceof LeaseResult.Leased(LeasedJob leased)) {
      worker.holds(WorkerLease.of(leased, asked.plus(term)));
    }
    return result;
  }

  @Override
  public LeasedJob save(
      LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
    Instant asked = calls.now();
    LeasedJob saved =
        calls.call(
            Permission.WRITE_JOBS,
            "save " + describe(state),
            () -> {
              LeasedJob one = world.jobs.save(lease, state, until, entry);
              world.promises.stored(one.job());
              return one;
            });
    worker.holds(WorkerLease.of(saved, asked.plus(world.settings.leaseTerm())));
    return saved;
  }

  @Override
  public void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt) {
    calls.call(
        Permission.WRITE_JOBS,
        "release " + describe(state),
        () -> {
          world.jobs.release(lease, state, sweepAt);
          world.promises.stored(lease.job().with(state));
        });
  }

  @Override
  public void putOnHold(
      LeasedJob lease, JobState state, long holdsSeen, Optional<ChangeLogEntry> entry) {
    calls.call(
        Permission.WRITE_JOBS,
        "put on hold " + describe(state),
        () -> {
          world.jobs.putOnHold(lease, state, holdsSeen, entry);
          world.promises.stored(lease.job().with(state));
          world.promises.holds().waits(lease.job().with(state));
        });
  }

  private String describe(JobState state) {
    return state.status() + " " + state.counts();
  }

  @Override
  public void giveBack(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    calls.call(
        Permission.WRITE_JOBS, "give back", () -> world.jobs.giveBack(lease, due, ownFailures));
  }
}
