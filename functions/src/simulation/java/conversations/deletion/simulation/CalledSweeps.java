package conversations.deletion.simulation;

import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The index of due jobs, as a worker calls it. */
final class CalledSweeps implements JobSweeps {

  private final World world;
  private final Calls calls;

  CalledSweeps(World world, Calls calls) {
    this.world = world;
    this.calls = calls;
  }

  @Override
  public Stream<JobRef> toForget(Instant now) {
    return calls.call(Permission.FIND_DUE_JOBS, "to forget", () -> world.jobs.toForget(now));
  }

  @Override
  public void forget(JobRef ref, Instant now) {
    calls.call(Permission.WRITE_JOBS, "forget", () -> world.jobs.forget(ref, now));
  }

  @Override
  public List<SweepableJob> toSweep(Instant now, int limit) {
    return calls.call(Permission.FIND_DUE_JOBS, "to sweep", () -> world.jobs.toSweep(now, limit));
  }

  @Override
  public Stream<WaitingJob> onHold() {
    return calls.call(Permission.FIND_DUE_JOBS, "jobs on hold", world.jobs::onHold);
  }

  @Override
  public boolean resume(WaitingJob job, Instant now, Instant sweepAt) {
    return calls.call(Permission.WRITE_JOBS, "resume", () -> world.jobs.resume(job, now, sweepAt));
  }

  @Override
  public boolean putOffSweep(SweepableJob sweepable, Instant sweepAt) {
    return calls.call(
        Permission.WRITE_JOBS, "put off sweep", () -> world.jobs.putOffSweep(sweepable, sweepAt));
  }
}
