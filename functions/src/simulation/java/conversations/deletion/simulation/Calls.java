package conversations.deletion.simulation;

import conversations.deletion.simulation.Worker.Killed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The calls of a worker. Each takes time, and may be lost, repeated, slow, or met by an outage. */
final class Calls {

  static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);

  /** A call failed for an outside reason that passes by itself. */
  static final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallFailedException(String call) {
      super(call);
    }
  }

  /** A call was refused, as it needs a permission that is missing. */
  static final class DeniedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeniedException(String call) {
      super(call);
    }
  }

  private final String caller;
  private final World world;
  private final WorkerClock clock;

  Calls(String caller, World world, WorkerClock clock) {
    this.caller = caller;
    this.world = world;
    this.clock = clock;
  }

  <T> T call(Permission permission, String what, Supplier<T> effect) {
    pass(world.weather.ofCall());
    pauseOrDie();
    if (world.weather.strikes(Fault.CALL_LOST)) {
      note(what + " is lost");
      throw new CallFailedException(what);
    }
    requireNoOutage(permission, what);
    T result = effect.get();
    note(what);
    if (world.weather.strikes(Fault.CALL_REPEATED)) {
      pass(world.weather.ofCall());
      result = effect.get();
      note(what + " again");
    }
    pass(world.weather.ofCall());
    pauseOrDie();
    if (world.weather.strikes(Fault.ANSWER_LOST)) {
      note(what + " has no answer");
      throw new CallFailedException(what);
    }
    return result;
  }

  void call(Permission permission, String what, Runnable effect) {
    call(
        permission,
        what,
        () -> {
          effect.run();
          return null;
        });
  }

  /**
   * Returns if nothing keeps a call from its service. A service that is out of reach does not
   * answer, and a permission that is missing is told at once.
   */
  void requireNoOutage(Permission permission, String what) {
    Optional<Outage> outage = world.outages.met(permission, world.timeline.instant());
    if (outage.isEmpty()) {
      return;
    }
    note(what + " meets an outage of " + outage.get().what());
    switch (outage.get()) {
      case Outage.OfPermission _ -> throw new DeniedException(what);
      case Outage.OfService _ -> {
        pass(world.weather.between(Duration.ZERO, CALL_TIMEOUT));
        throw new CallFailedException(what);
      }
    }
  }

  void pass(Duration duration) {
    clock.pass(duration);
  }

  void dieIfKilled() {
    if (world.weather.strikes(Fault.KILL)) {
      throw new Killed();
    }
  }

  void pauseOrDie() {
    if (world.weather.strikes(Fault.PAUSE)) {
      pass(world.weather.between(Duration.ofSeconds(1), LONGEST_PAUSE));
    }
    dieIfKilled();
  }

  void note(String what) {
    world.note(caller, what);
  }

  Instant now() {
    return world.timeline.instant();
  }
}
