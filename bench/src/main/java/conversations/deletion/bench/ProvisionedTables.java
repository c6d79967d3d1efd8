package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a table with provisioned capacity a job uses, and how much it asks for in vain. The
 * table has rested: it has 300 seconds of its capacity saved up.
 *
 * <p>The share is that of the units which deletes took after the first minute, in those which are
 * provisioned for that time. What is still saved up after the first minute can make it larger than
 * 1. The units asked for in vain are those of refused deletes, from the first one on.
 */
final class ProvisionedTables implements Measurement {

  static final List<Integer> TABLES = List.of(25, 200, 1_000, 4_000);

  private static final List<Integer> RECORD_BYTES =
      List.of(Shape.KB / 2, 4 * Shape.KB, 400 * Shape.KB);

  private static final int FIRST_SECONDS = 60;

  /** Slow tables are measured for longer: they take few of the largest records. */
  private static final int SLOW = 200;

  private static final Duration MEASURED = Duration.ofMinutes(4);
  private static final Duration MEASURED_OF_SLOW = Duration.ofMinutes(14);

  private static final double LEAST_SHARE = 0.95;
  private static final double MOST_IN_VAIN = 0.05;

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (int units : TABLES) {
      for (int bytes : RECORD_BYTES) {
        figures.addAll(of(units, bytes));
      }
    }
    return figures;
  }

  private static List<Figure> of(int units, int bytes) {
    Duration measured = units <= SLOW ? MEASURED_OF_SLOW : MEASURED;
    ProvisionedTrial trial = new ProvisionedTrial(units, bytes, measured);
    trial.run(() -> {});
    String where = "%,d units, records of %s KB".formatted(units, kilobytes(bytes));
    return List.of(
        new Figure(
            "units taken after the first minute, " + where,
            trial.taken(FIRST_SECONDS, measured.toSeconds()),
            units * (measured.toSeconds() - FIRST_SECONDS),
            "units",
            LEAST_SHARE,
            Better.HIGHER),
        new Figure(
            "units asked for in vain, " + where,
            trial.refused(),
            trial.taken(),
            "units",
            MOST_IN_VAIN,
            Better.LOWER));
  }

  private static String kilobytes(int bytes) {
    return bytes < Shape.KB ? "0.5" : Integer.toString(bytes / Shape.KB);
  }
}
