package conversations.deletion.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.function.IntUnaryOperator;

/**
 * Virtual time, in which actors and events take turns, one at a time, each at its moment.
 *
 * <p>Actors are blocking code on threads of their own, but only the actor whose turn it is runs: a
 * baton goes from thread to thread. Time passes only while all wait. So what happens depends only
 * on the durations for which they wait, and on the choice among those due at the same moment.
 */
final class Timeline implements InstantSource {

  /** Unwinds actors when the timeline has ended. */
  static final class Ended extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What happens next: an event, which any thread runs, or an actor's turn. */
  private record Turn(Instant at, int rank, long number, Runnable event, Semaphore baton) {}

  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(
          Comparator.comparing(Turn::at)
              .thenComparingInt(Turn::rank)
              .thenComparingLong(Turn::number));
  private final IntUnaryOperator choice;
  private final Semaphore done = new Semaphore(0);
  private final List<Throwable> failures = new ArrayList<>();
  private Instant now;
  private long lastNumber;
  private boolean hasEnded;

  Timeline(Instant start, IntUnaryOperator choice) {
    this.now = start;
    this.choice = choice;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets something happen later, on the thread of an actor that waits then. */
  void after(Duration delay, Runnable event) {
    add(delay, event, null);
  }

  private void add(Duration delay, Runnable event, Semaphore baton) {
    turns.add(new Turn(now.plus(delay), choice.applyAsInt(1_000), ++lastNumber, event, baton));
  }

  /** Starts an actor. */
  void start(Runnable actor) {
    Semaphore baton = new Semaphore(0);
    Thread.ofVirtual()
        .start(
            () -> {
              baton.acquireUninterruptibly();
              try {
                if (!hasEnded) {
                  actor.run();
                }
              } catch (Ended _) {
                // Everything is over.
              } catch (Throwable e) {
                fail(e);
              }
              passOn(null);
            });
    add(Duration.ZERO, null, baton);
  }

  /** Lets the current actor wait. */
  void sleep(Duration duration) {
    Semaphore baton = new Semaphore(0);
    add(duration, null, baton);
    passOn(baton);
    if (hasEnded) {
      throw new Ended();
    }
  }

  /** Runs until nothing is left to happen. */
  void run() {
    passOn(null);
    done.acquireUninterruptibly();
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.getFirst().getMessage(), failures.getFirst());
    }
  }

  /** Ends the timeline: from now on, actors are only unwound. */
  void end() {
    hasEnded = true;
  }

  private void fail(Throwable failure) {
    failures.add(failure);
    end();
  }

  /**
   * Lets events happen until it is an actor's turn. Passes the turn on to that actor and waits,
   * unless the turn is the caller's own.
   */
  private void passOn(Semaphore own) {
    while (true) {
      Turn next = turns.poll();
      if (next == null) {
        done.release();
        return;
      }
      if (next.at().isAfter(now)) {
        now = next.at();
      }
      if (next.baton() == null) {
        happen(next.event());
      } else if (next.baton() == own) {
        return;
      } else {
        next.baton().release();
        if (own != null) {
          own.acquireUninterruptibly();
        }
        return;
      }
    }
  }

  private void happen(Runnable event) {
    if (hasEnded) {
      return;
    }
    try {
      event.run();
    } catch (Throwable e) {
      fail(e);
    }
  }
}
