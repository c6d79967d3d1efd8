package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.RecordsTable;
import java.util.ArrayList;
import java.util.List;

/**
 * How many write units a job takes. On the records table the reference is what its deletes cost at
 * least. On the other tables, submission included, it is a constant. There the two most expensive
 * writes of each packed chunk are not counted.
 */
final class Writing implements Measurement {

  private static final int BOOKKEEPING_UNITS = 25;

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    Shape sizes = Shape.small(2_000).ofDifferentSizes();
    Meter meter = Trial.of(sizes);
    figures.add(
        new Figure(
            "write units on records, " + sizes.name(),
            meter.writeUnits(kind -> kind.target().equals(RecordsTable.NAME)),
            meter.leastWriteUnits(),
            "units",
            1.0,
            Better.LOWER));
    figures.add(bookkeeping("3 listed conversations", Trial.ofListed(Shape.of(3, 10))));
    for (Shape shape :
        List.of(
            Shape.of(3, 10),
            Shape.small(1_000),
            Shape.of(1_000, 100),
            Shape.of(100, 1_000),
            Shape.of(1, 50_000))) {
      figures.add(bookkeeping(shape.name(), Trial.of(shape)));
    }
    return figures;
  }

  private static Figure bookkeeping(String job, Meter meter) {
    long units = meter.writeUnits(kind -> !kind.target().equals(RecordsTable.NAME));
    return new Figure(
        "write units of bookkeeping, " + job,
        units - meter.twoChunkWrites(),
        BOOKKEEPING_UNITS,
        "units",
        1.0,
        Better.LOWER);
  }
}
