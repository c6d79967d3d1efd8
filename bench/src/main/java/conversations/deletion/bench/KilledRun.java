package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is done again after a run was killed: records that were read before, and deletes that had
 * taken effect. What a run reads again without a kill is not counted. The job is killed at many
 * points, and the worst of them counts.
 *
 * <p>The bound is one page of 1 MB and one batch for each conversation in work. A conversation is
 * in work if it was read and is not yet gone.
 */
final class KilledRun implements Measurement {

  private static final int KILLS = 12;
  private static final int BATCH = 25;
  private static final Duration UNTIL_NEXT_RUN = Duration.ofMinutes(2);
  private static final Behaviour DYNAMODB = Behaviour.atOnce().withLatency(Duration.ofMillis(5));

  /** It is not a RuntimeException, so no code catches it and handles it. */
  private static final class Killed extends Error {}

  /**
   * What a killed run cost.
   *
   * @param conversations how many were in work
   * @param pages how many records their pages hold, with one page for each
   */
  private record Again(long read, long deleted, long conversations, long pages) {

    double readShare() {
      return (double) read / Math.max(1, pages);
    }

    double deletedShare() {
      return (double) deleted / Math.max(1, BATCH * conversations);
    }
  }

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (Shape shape : List.of(Shape.of(1, 20_000), Shape.of(300, 100))) {
      Meter whole = run(shape, Long.MAX_VALUE).meter();
      long requests = whole.requests(_ -> true);
      List<Again> kills = new ArrayList<>();
      for (int kill = 1; kill <= KILLS; kill++) {
        Run run = run(shape, requests * kill / (KILLS + 1));
        kills.add(
            new Again(
                Math.max(0, run.meter().recordsReadAgain() - whole.recordsReadAgain()),
                run.meter().keysDeletedAgain(),
                run.conversations(),
                run.pages()));
      }
      figures.addAll(figures(shape, kills));
    }
    return figures;
  }

  private static List<Figure> figures(Shape shape, List<Again> kills) {
    Again read = kills.stream().max(Comparator.comparingDouble(Again::readShare)).orElseThrow();
    Again deleted =
        kills.stream().max(Comparator.comparingDouble(Again::deletedShare)).orElseThrow();
    return List.of(
        new Figure(
            "records read again after a kill, %s (%d in work)"
                .formatted(shape.name(), read.conversations()),
            read.read(),
            read.pages(),
            "records",
            1.0,
            Better.LOWER),
        new Figure(
            "records deleted again after a kill, %s (%d in work)"
                .formatted(shape.name(), deleted.conversations()),
            deleted.deleted(),
            BATCH * deleted.conversations(),
            "records",
            1.0,
            Better.LOWER));
  }

  private record Run(Meter meter, long conversations, long pages) {}

  /** Runs until this many requests were sent, and then again, two minutes later. */
  private static Run run(Shape shape, long killedAt) {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    SampleUser user = shape.addTo(aws.records());
    BenchedEngine first = new BenchedEngine(aws);
    first.submit(user);
    aws.behave(DYNAMODB);
    AtomicLong sent = new AtomicLong();
    aws.setGate(
        (_, _) -> {
          if (sent.incrementAndGet() > killedAt) {
            throw new Killed();
          }
        });
    time.run(() -> isKilled(first));
    long conversations = aws.records().conversationsInWork(user);
    long pages = aws.records().pagesInWork(user);
    aws.setGate((_, _) -> {});
    if (killedAt < Long.MAX_VALUE) {
      time.run(() -> runLater(time, new BenchedEngine(aws)));
    }
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException("records are left");
    }
    return new Run(aws.meter(), conversations, pages);
  }

  private static boolean isKilled(BenchedEngine engine) {
    try {
      engine.run();
      return false;
    } catch (Killed _) {
      return true;
    }
  }

  private static Object runLater(SimulatedTime time, BenchedEngine engine) {
    try {
      time.sleep(UNTIL_NEXT_RUN);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return engine.run();
  }
}
