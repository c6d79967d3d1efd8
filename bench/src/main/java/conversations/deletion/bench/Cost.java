package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What deleting a million records of 1 KB costs, including everything that is metered, against the
 * deletes alone; with attachments, against the deletes and the fewest lists of them.
 */
final class Cost implements Measurement {

  private static final int MILLION = 1_000_000;
  private static final double GOAL = 1.05;

  private final List<Double> script = new ArrayList<>();

  @Override
  public List<Figure> measure() throws IOException {
    List<Figure> figures =
        List.of(
            figure(3, 20_000, Double.NaN),
            figure(20, 5_000, Double.NaN),
            figure(100, 10_000, GOAL),
            figure(1_000, 200, Double.NaN));
    Charts.cost(
        List.of("3", "20", "100", "1,000"),
        figures.stream().map(Figure::ours).toList(),
        script,
        figures.stream().map(Figure::reference).toList());
    return Stream.concat(figures.stream(), Stream.of(withAttachments())).toList();
  }

  private static Figure withAttachments() {
    Attached attached = Attached.of(Shape.of(10_000, 100), 8);
    Meter meter = Trial.of(attached);
    return new Figure(
        "cost of a million records, 100 a conversation, with 8 attachments each",
        Prices.of(meter),
        Prices.floor(meter) + attached.leastLists() * Prices.S3_LIST,
        "USD",
        GOAL,
        Better.LOWER);
  }

  /** If the conversations have fewer than a million records, the cost is extrapolated. */
  private Figure figure(int recordsEach, int conversations, double goal) {
    Meter meter = Trial.of(Shape.of(conversations, recordsEach));
    double scale = (double) MILLION / meter.recordsDeleted();
    script.add(Prices.ofScript(meter, conversations) * scale);
    return new Figure(
        "cost of a million records, %,d a conversation".formatted(recordsEach),
        Prices.of(meter) * scale,
        Prices.floor(meter) * scale,
        "USD",
        goal,
        Better.LOWER);
  }
}
