package conversations.deletion.simulation;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.simulation.Worker.Killed;
import java.time.Duration;
import java.time.Instant;

/** The time as a worker sees it. Its wall clock may be wrong, and the function's time ends. */
final class WorkerClock {

  private static final Duration LARGEST_JUMP = Duration.ofMinutes(3);

  private final String worker;
  private final World world;
  private final Instant deadline;
  private Duration error = Duration.ZERO;

  WorkerClock(String worker, World world, Instant deadline) {
    this.worker = worker;
    this.world = world;
    this.deadline = deadline;
  }

  Clocks clocks() {
    return new Clocks(
        () -> world.timeline.instant().plus(error), () -> sinceStart().toNanos(), this::pass);
  }

  Instant deadline() {
    return deadline;
  }

  private Duration sinceStart() {
    return Duration.between(world.start, world.timeline.instant());
  }

  void setRight() {
    error = Duration.ZERO;
  }

  /** Lets time pass. The process dies if the function's time ends meanwhile. */
  void pass(Duration duration) {
    Duration left = Duration.between(world.timeline.instant(), deadline);
    if (duration.compareTo(left) >= 0) {
      world.timeline.sleep(left);
      world.note(worker, "runs out of time");
      throw new Killed();
    }
    world.timeline.sleep(duration);
    if (world.weather.strikes(Fault.CLOCK_FORWARD)) {
      error = error.plus(jump());
    }
    if (world.weather.strikes(Fault.CLOCK_BACK)) {
      error = error.minus(jump());
    }
  }

  private Duration jump() {
    return world.weather.between(Duration.ofSeconds(1), LARGEST_JUMP);
  }
}
