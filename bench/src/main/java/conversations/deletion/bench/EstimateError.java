package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.domain.Estimate;
import conversations.deletion.domain.Estimate.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;

/**
 * What a preview estimates that a job will write, and what the job then consumed of the records
 * table: how far that lies outside, and how far the least and the most lie apart. For records of
 * different sizes, and for records all of one size.
 */
final class EstimateError implements Measurement {

  /** A larger item is refused by DynamoDB. */
  private static final int LARGEST_ITEM = 400 * Shape.KB;

  private static final double[] KILOBYTES = {0.1, 0.5, 1, 2.5, 4, 20, 100, 400};

  /** Where records have more, the most is at most so much by the least. */
  private static final double LARGE = 2;

  private static final double GOAL = 1.3;

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (double kilobytes : KILOBYTES) {
      int bytes = (int) (kilobytes * Shape.KB);
      add(figures, Shape.of(1, 20), kilobytes, "of about %s KB", varied(bytes));
      add(figures, Shape.small(100), kilobytes, "of about %s KB", varied(bytes));
      add(figures, Shape.small(100), kilobytes, "all of %s KB", (_, _) -> bytes);
    }
    return figures;
  }

  /** From half to one and a half of these bytes, with an even chance. */
  private static IntBinaryOperator varied(int bytes) {
    return (conversation, record) -> {
      double chance = new SplittableRandom(conversation * 1_000_003L + record).nextDouble();
      return Math.min(LARGEST_ITEM, (int) (bytes * (0.5 + chance)));
    };
  }

  private static void add(
      List<Figure> figures, Shape shape, double kilobytes, String sizes, IntBinaryOperator sizeOf) {
    PreviewTrial trial =
        PreviewTrial.of(
            records ->
                records.addOfSizes(
                    shape.conversations(),
                    shape.recordsOf(),
                    conversation -> record -> sizeOf.applyAsInt(conversation, record)));
    Span estimate = Estimate.of(trial.preview().state().progress().counts()).writeUnits();
    trial.deleteAll();
    long consumed = trial.meter().writeUnits(kind -> kind.target().equals(RecordsTable.NAME));
    String of =
        ", %s, %s"
            .formatted(
                shape.name(), sizes.formatted(Double.toString(kilobytes).replaceAll("\\.0$", "")));
    long nearest = Math.clamp(consumed, estimate.least(), estimate.most());
    figures.add(
        new Figure(
            "how far units consumed lie outside the estimate" + of,
            Math.max(consumed, nearest),
            Math.min(consumed, nearest),
            "units",
            1.0,
            Better.LOWER));
    figures.add(
        new Figure(
            "most estimated by the least" + of,
            estimate.most(),
            estimate.least(),
            "units",
            kilobytes > LARGE ? GOAL : Double.NaN,
            Better.LOWER));
  }
}
