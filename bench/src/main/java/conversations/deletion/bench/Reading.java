package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.RecordsTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many pages of the records table and its index a job takes, and how many read units. The units
 * are those of all tables, including the bookkeeping's, which the reference does not have.
 */
final class Reading implements Measurement {

  private static final double GOAL = 1.05;

  /** A conversation of more records than this may be read twice. */
  private static final int LARGE = 10_000;

  private static final double GOAL_OF_LARGE = 2.0;

  @Override
  public List<Figure> measure() {
    return Stream.of(
            Shape.small(5_000), Shape.of(1_000, 100), Shape.of(100, 1_000), Shape.of(1, 50_000))
        .flatMap(Reading::of)
        .toList();
  }

  private static Stream<Figure> of(Shape shape) {
    Meter meter = Trial.of(shape);
    Shape.Reads least = shape.leastReads();
    double goal = shape.largest() > LARGE ? GOAL_OF_LARGE : GOAL;
    return Stream.of(
        new Figure(
            "pages read, " + shape.name(),
            meter.requests("Query", RecordsTable.NAME)
                + meter.requests("Query", RecordsTable.INDEX),
            least.pages(),
            "pages",
            goal,
            Better.LOWER),
        new Figure(
            "read units, " + shape.name(),
            meter.readUnits(_ -> true),
            least.units(),
            "units",
            goal,
            Better.LOWER));
  }
}
