package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A worker is killed at every one of its calls to the outside, before and after the call's effect,
 * and another one takes over: nothing is left, nothing else is gone, the counts are exact.
 */
class KilledWorkerIT {

  private static final int FIRST = 30;
  private static final int SECOND = 4;

  /** At which side of a call's effect the worker is killed. */
  private enum Side {
    BEFORE,
    AFTER
  }

  @Test
  void aJobOfListedConversationsSurvivesAKillAtAnyCall() {
    killAtEveryCall(
        engine -> engine.submit(engine.conversation(FIRST), engine.conversation(SECOND)));
  }

  @Test
  void aChannelUsersJobSurvivesAKillAtAnyCall() {
    killAtEveryCall(
        engine -> {
          engine.conversation(FIRST);
          engine.conversation(SECOND);
          DeletionJob job = engine.submitUser();
          engine.time.advance(Duration.ofMinutes(5));
          return job;
        });
  }

  private static void killAtEveryCall(Function<Engine, DeletionJob> scenario) {
    int calls = callsOf(scenario);
    for (int call = 1; call <= calls; call++) {
      for (Side side : Side.values()) {
        killAt(call, side, scenario);
      }
    }
    System.out.printf("Killed a worker %d times, at each side of %d calls%n", 2 * calls, calls);
  }

  private static int callsOf(Function<Engine, DeletionJob> scenario) {
    try (Engine engine = new Engine()) {
      engine.deleteConcurrency = 1;
      scenario.apply(engine);
      engine.run();
      return engine.interception.calls().size();
    }
  }

  private static void killAt(int call, Side side, Function<Engine, DeletionJob> scenario) {
    try (Engine engine = new Engine()) {
      engine.deleteConcurrency = 1;
      ConversationId neighbour =
          engine.conversation(
              new ChannelUserId("u-neighbour"), engine.time.instant().minus(Duration.ofDays(1)), 5);
      DeletionJob job = scenario.apply(engine);
      Census before = engine.census();
      switch (side) {
        case BEFORE -> engine.interception.before(call, Killed::now);
        case AFTER -> engine.interception.after(call, Killed::now);
      }
      String killedAt = killed(engine, call, side);
      DeletionJob closed = engine.runUntilClosed(job);

      assertThat(closed.state().status()).as(killedAt).isEqualTo(JobStatus.COMPLETED);
      assertThat(closed.state().counts())
          .as(killedAt)
          .isEqualTo(new Counts(2, 2, 0, 0, FIRST + SECOND));
      assertThat(before.conversations()).as(killedAt).hasSize(3);
      assertThat(engine.census().conversations().keySet())
          .as(killedAt)
          .containsExactly(engine.bot + "#" + neighbour);
      assertThat(engine.changeLog()).as(killedAt).hasSize(3);
      assertThat(engine.mails).as(killedAt).hasSize(isBetweenEmailAndMark(killedAt) ? 2 : 1);
    }
  }

  /** The one case in which a second e-mail is allowed. */
  private static boolean isBetweenEmailAndMark(String killedAt) {
    return killedAt.matches("killed AFTER call .*OwnerMail.send")
        || killedAt.matches("killed BEFORE call .*JobLeases.release");
  }

  private static String killed(Engine engine, int call, Side side) {
    try {
      engine.run();
    } catch (Killed _) {
      return "killed " + side + " call " + call + ", " + engine.interception.calls().getLast();
    }
    throw new AssertionError("the run ended before call " + call);
  }
}
