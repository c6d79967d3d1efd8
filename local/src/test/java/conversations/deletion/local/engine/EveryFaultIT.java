package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.engine.Fault.Kind;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * At every call to AWS that a job takes, every fault, and every pair of faults: the job ends,
 * nothing of it remains, nothing else is gone, the counts are exact, its owner gets one e-mail.
 *
 * <p>The second fault of a pair hits any later call, those of whoever takes the job over included.
 * A sample of the pairs is run, all of them with {@code -Pthorough}. What failed is run alone with
 * {@code -Dfaults.replay="CHANNEL_USER 12:REPLY_LOST,17:KILLED_BEFORE"}.
 */
class EveryFaultIT {

  private static final List<Kind> ONCE =
      Arrays.stream(Kind.values()).filter(kind -> !kind.lasts()).toList();
  private static final boolean IS_THOROUGH = Boolean.getBoolean("thorough");
  private static final int SAMPLED_PAIRS = 200;
  private static final int THREADS = 2;

  private enum JobKind {
    LISTED,
    CHANNEL_USER
  }

  private record Case(JobKind kind, List<Fault> faults) {
    @Override
    public String toString() {
      return kind + " " + String.join(",", faults.stream().map(Fault::toString).toList());
    }
  }

  @Test
  void noSingleFaultLosesLeavesDoublesOrOverreaches() throws Exception {
    List<Case> cases = replay().map(List::of).orElseGet(() -> casesOf(List.of(Kind.values())));

    List<Integer> requests = runAll(cases);

    System.out.printf(
        "Ran %d single faults, %d requests in all%n",
        cases.size(), requests.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void noPairOfFaultsLosesLeavesDoublesOrOverreaches() throws Exception {
    if (replay().isPresent()) {
      return;
    }
    List<Case> singles = casesOf(ONCE);
    List<Integer> requests = runAll(singles);
    List<Case> pairs = new ArrayList<>();
    for (int i = 0; i < singles.size(); i++) {
      Case single = singles.get(i);
      Fault first = single.faults().getFirst();
      IntStream.rangeClosed(first.at() + 1, requests.get(i))
          .mapToObj(Integer::valueOf)
          .flatMap(at -> ONCE.stream().map(kind -> new Fault(at, kind)))
          .forEach(second -> pairs.add(new Case(single.kind(), List.of(first, second))));
    }
    int all = pairs.size();
    long seed = System.nanoTime();
    Collections.shuffle(pairs, new Random(seed));
    List<Case> chosen = IS_THOROUGH ? pairs : pairs.subList(0, SAMPLED_PAIRS);

    runAll(chosen);

    System.out.printf("Ran %d of %d pairs of faults (seed %d)%n", chosen.size(), all, seed);
  }

  private static Optional<Case> replay() {
    return Optional.ofNullable(System.getProperty("faults.replay"))
        .filter(text -> !text.isBlank())
        .map(text -> text.split(" "))
        .map(
            parts ->
                new Case(
                    JobKind.valueOf(parts[0]),
                    Stream.of(parts[1].split(",")).map(Fault::parse).toList()));
  }

  /** Each of these faults at each request of an undisturbed job, of both kinds. */
  private static List<Case> casesOf(List<Kind> kinds) {
    try (Scenario scenario = new Scenario()) {
      return Arrays.stream(JobKind.values())
          .flatMap(
              job ->
                  IntStream.rangeClosed(1, scenario.run(new Case(job, List.of())))
                      .boxed()
                      .flatMap(at -> kinds.stream().map(kind -> new Fault(at, kind)))
                      .map(fault -> new Case(job, List.of(fault))))
          .toList();
    }
  }

  /** Runs all, and tells how many requests each took. */
  private static List<Integer> runAll(List<Case> cases) throws Exception {
    var idle = new LinkedBlockingQueue<Scenario>();
    for (int i = 0; i < THREADS; i++) {
      idle.add(new Scenario());
    }
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> running =
          cases.stream().map(one -> threads.submit(within(idle, one))).toList();
      List<Integer> requests = new ArrayList<>();
      try {
        for (Future<Integer> one : running) {
          requests.add(one.get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new AssertionError(e.getCause());
      }
      return requests;
    } finally {
      idle.forEach(Scenario::close);
    }
  }

  private static Callable<Integer> within(LinkedBlockingQueue<Scenario> idle, Case one) {
    return () -> {
      Scenario scenario = idle.take();
      try {
        return scenario.run(one);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("with " + one, e);
      } finally {
        idle.add(scenario);
      }
    };
  }

  /** A small job that takes every kind of call, time and again on the same tables and queue. */
  private static final class Scenario implements AutoCloseable {

    private static final int FIRST = 3;
    private static final int SECOND = 2;

    private final Engine engine = new Engine();

    Scenario() {
      engine.deleteConcurrency = 1;
      engine.mail = engine.emailService();
    }

    /** Runs the job with these faults; returns how many requests it took until it was closed. */
    int run(Case one) {
      engine.anotherBot();
      Instant yesterday = engine.time.instant().minus(Duration.ofDays(1));
      engine.conversation(new ChannelUserId("u-neighbour"), yesterday, 2);
      ConversationId first = engine.conversation(FIRST);
      ConversationId second = engine.conversation(SECOND);
      DeletionJob job = submit(one.kind(), first, second);
      Census before = engine.census();

      engine.network.plan(one.faults());
      DeletionJob closed = engine.runUntilClosed(job);
      int requests = engine.network.requests().size();

      engine.assertExactly(before, first, second);
      assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(closed.state().counts()).isEqualTo(new Counts(2, 2, 0, 0, FIRST + SECOND));
      assertThat(engine.changeLog()).as("submitted, started, completed").hasSize(3);
      assertThat(engine.network.emailsAccepted())
          .as("a second e-mail only where the first was accepted and could not be marked")
          .isBetween(1, 1 + engine.network.faultsBeforeTheMark());
      engine.dropRecords();
      return requests;
    }

    private DeletionJob submit(JobKind kind, ConversationId... conversations) {
      return switch (kind) {
        case LISTED -> engine.submit(conversations);
        case CHANNEL_USER -> {
          DeletionJob job = engine.submitUser();
          engine.conversation(engine.user, engine.time.instant().plusMillis(1), 1);
          engine.time.advance(Duration.ofMinutes(5));
          yield job;
        }
      };
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
