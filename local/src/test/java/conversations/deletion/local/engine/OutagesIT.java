package conversations.deletion.local.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Retries;
import conversations.deletion.local.engine.OutageHttpClient.Call;
import conversations.deletion.local.engine.OutageHttpClient.Failure;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Each call that the off-peak function makes fails for some runs in a row, as it does if a service
 * is out of reach or a permission, a key or a table is missing. Then it works again, and the job is
 * done as if nothing had been: exactly, with one e-mail, and with all of its retries left.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OutagesIT {

  /** Each build takes other cases; all of them with {@code -Pthorough}. */
  private static final int SAMPLED = 30;

  private static final int RUNS = 2;
  private static final Duration BETWEEN_RUNS = Duration.ofMinutes(5);
  private static final int FIRST = 30;
  private static final int SECOND = 3;

  private static final Failure NO_ANSWER = new Failure(0, "");
  private static final Failure UNAVAILABLE = new Failure(503, "ServiceUnavailable");
  private static final Failure THROTTLED = new Failure(400, "ThrottlingException");
  private static final Failure DENIED = new Failure(400, "AccessDeniedException");
  private static final List<Failure> OF_DYNAMO_DB =
      List.of(
          NO_ANSWER, UNAVAILABLE, THROTTLED, DENIED, new Failure(400, "ResourceNotFoundException"));
  private static final List<Failure> OF_SQS =
      List.of(
          NO_ANSWER,
          UNAVAILABLE,
          new Failure(403, "AccessDenied"),
          new Failure(400, "KmsAccessDenied"),
          new Failure(400, "KmsDisabled"),
          new Failure(400, "QueueDoesNotExist"));

  /** An e-mail without an answer may have been sent, so that is no outage like the others. */
  private static final List<Failure> OF_SES =
      List.of(UNAVAILABLE, new Failure(400, "Throttling"), new Failure(403, "AccessDenied"));

  private enum JobKind {
    LISTED,
    CHANNEL_USER
  }

  private record Case(String what, Predicate<Call> concerned, Failure failure) {
    @Override
    public String toString() {
      return what + ": " + failure;
    }
  }

  private final Engine engine = new Engine();

  @BeforeAll
  void sendMailsByTheService() {
    engine.mail = engine.emailService();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @Test
  void aJobIsDoneAsIfNothingHadBeenOnceAnOutageIsOver() {
    for (JobKind kind : JobKind.values()) {
      run(kind, new Case("nothing", _ -> false, NO_ANSWER));
    }
    List<String> broken = new ArrayList<>();
    List<Case> cases = new ArrayList<>(cases());
    if (!Boolean.getBoolean("thorough")) {
      Collections.shuffle(cases);
      cases = cases.subList(0, Math.min(SAMPLED, cases.size()));
    }
    int hit = 0;
    for (Case one : cases) {
      for (JobKind kind : JobKind.values()) {
        try {
          run(kind, one);
          hit += engine.outages.failed();
        } catch (RuntimeException | AssertionError e) {
          broken.add("%s, %s: %s".formatted(kind, one, e.getMessage()));
          engine.outages.end();
        }
      }
    }
    System.out.printf(
        "Ran %d outages with each kind of job, which hit %d calls: %s%n", cases.size(), hit, cases);
    assertThat(broken).isEmpty();
  }

  /** Each call that was made so far, and each service as a whole, with each of its failures. */
  private List<Case> cases() {
    List<Call> calls =
        engine.outages.calls().stream().sorted(Comparator.comparing(Call::toString)).toList();
    Stream<Case> ofCalls =
        calls.stream()
            .flatMap(
                call ->
                    failures(call).stream()
                        .map(failure -> new Case(call.toString(), call::equals, failure)));
    Stream<Case> ofServices =
        calls.stream()
            .collect(toMap(Call::service, this::failures, (one, _) -> one, TreeMap::new))
            .entrySet()
            .stream()
            .flatMap(
                service ->
                    service.getValue().stream()
                        .map(failure -> ofService(service.getKey(), failure)));
    return Stream.concat(ofCalls, ofServices).toList();
  }

  private static Case ofService(String service, Failure failure) {
    return new Case("all of " + service, call -> call.service().equals(service), failure);
  }

  private List<Failure> failures(Call call) {
    if (call.operation().equals("SendEmail")) {
      return OF_SES;
    }
    return call.operation().endsWith("Message") || call.operation().endsWith("Visibility")
        ? OF_SQS
        : OF_DYNAMO_DB;
  }

  private void run(JobKind kind, Case outage) {
    engine.anotherBot();
    ConversationId first = engine.platform.conversation(FIRST);
    ConversationId second = engine.platform.conversation(SECOND);
    Census before = engine.platform.census();
    DeletionJob job =
        switch (kind) {
          case LISTED -> engine.jobs.submit(first, second);
          case CHANNEL_USER -> engine.jobs.submitSettledUser();
        };
    engine.network.plan(List.of());

    engine.outages.begin(outage.concerned(), outage.failure());
    for (int i = 0; i < RUNS; i++) {
      runInOutage();
    }
    engine.outages.end();
    assertThat(engine.jobs.state(job).retries().remaining())
        .as("retries left after the outage")
        .isEqualTo(Retries.MAX);
    DeletionJob closed = engine.runUntilClosed(job);

    JobState state = closed.state();
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.counts())
        .isEqualTo(Counted.conversations(2).deleted(2).records(FIRST + SECOND));
    assertThat(state.retries().remaining()).as("retries left").isEqualTo(Retries.MAX);
    assertThat(engine.deliveredMails(job)).as("e-mails").isEqualTo(1);
    engine.platform.assertExactly(before, first, second);
    engine.platform.dropRecords();
  }

  /** The schedule starts a run every few minutes, whatever came of the one before. */
  private void runInOutage() {
    try {
      engine.run();
    } catch (RuntimeException _) {
      // An alarm tells the operator.
    }
    engine.time.advance(BETWEEN_RUNS);
    engine.showMessages();
  }
}
