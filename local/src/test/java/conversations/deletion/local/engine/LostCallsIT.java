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
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Each call to the outside fails once, before or after its effect, while the worker lives on: it
 * gives the job back without knowing what was stored, and a later run brings it to its end.
 */
class LostCallsIT {

  private static final int FIRST = 30;
  private static final int SECOND = 4;

  @Test
  void aJobOfListedConversationsSurvivesTheLossOfAnyCallOrItsAnswer() {
    loseEveryCall(engine -> engine.submit(engine.conversation(FIRST), engine.conversation(SECOND)));
  }

  @Test
  void aChannelUsersJobSurvivesTheLossOfAnyCallOrItsAnswer() {
    loseEveryCall(
        engine -> {
          engine.conversation(FIRST);
          engine.conversation(SECOND);
          DeletionJob job = engine.submitUser();
          engine.time.advance(Duration.ofMinutes(5));
          return job;
        });
  }

  private static void loseEveryCall(Function<Engine, DeletionJob> scenario) {
    int calls = callsOf(scenario);
    for (int call = 1; call <= calls; call++) {
      lose(call, true, scenario);
      lose(call, false, scenario);
    }
    System.out.printf("Lost %d calls, each side of %d%n", 2 * calls, calls);
  }

  private static int callsOf(Function<Engine, DeletionJob> scenario) {
    try (Engine engine = new Engine()) {
      engine.deleteConcurrency = 1;
      scenario.apply(engine);
      engine.run();
      return engine.interception.calls().size();
    }
  }

  private static void lose(int call, boolean before, Function<Engine, DeletionJob> scenario) {
    try (Engine engine = new Engine()) {
      engine.deleteConcurrency = 1;
      ConversationId neighbour =
          engine.conversation(
              new ChannelUserId("u-neighbour"), engine.time.instant().minus(Duration.ofDays(1)), 5);
      DeletionJob job = scenario.apply(engine);
      Census all = engine.census();
      if (before) {
        engine.interception.before(call, LostCallsIT::lost);
      } else {
        engine.interception.after(call, LostCallsIT::lost);
      }
      try {
        engine.run();
      } catch (SdkClientException _) {
        assertThat(engine.interception.calls().getLast())
            .as("what ends a run rather than a job")
            .isIn("JobMessages.receive");
      }
      String lost = (before ? "lost " : "lost the answer to ") + name(engine, call);
      DeletionJob closed = engine.runUntilClosed(job);

      assertThat(closed.state().status()).as(lost).isEqualTo(JobStatus.COMPLETED);
      assertThat(closed.state().counts())
          .as(lost)
          .isEqualTo(new Counts(2, 2, 0, 0, FIRST + SECOND));
      assertThat(all.conversations()).hasSize(3);
      assertThat(engine.census().conversations().keySet())
          .as(lost)
          .containsExactly(engine.bot + "#" + neighbour);
      assertThat(engine.changeLog()).as(lost).hasSize(3);
      assertThat(engine.mails).as(lost).hasSizeBetween(1, mayRepeatEmail(lost) ? 2 : 1);
    }
  }

  private static String name(Engine engine, int call) {
    return "call " + call + ", " + engine.interception.calls().get(call - 1);
  }

  /** Where nobody can know any more that the e-mail service accepted it. */
  private static boolean mayRepeatEmail(String lost) {
    return lost.matches("lost the answer to .*OwnerMail.send")
        || lost.matches("lost call .*JobLeases.release");
  }

  private static void lost() {
    throw SdkClientException.create("nobody answers");
  }
}
