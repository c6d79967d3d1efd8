package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.Meter.Kind;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.StubS3;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a preview reads of the records table and its index, and how often it lists attachments. The
 * least: each record once, with strong consistency, in pages of 1 MB; the index once, in such pages
 * too; the pages of the attachments.
 */
final class PreviewReading implements Measurement {

  private static final double GOAL = 1.02;
  private static final Set<String> READ = Set.of(RecordsTable.NAME, RecordsTable.INDEX);

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (Shape shape :
        List.of(
            Shape.of(3, 10),
            Shape.small(5_000),
            Shape.of(1_000, 100),
            Shape.of(100, 1_000),
            Shape.of(1, 50_000))) {
      Meter meter = PreviewTrial.ofPreview(shape);
      addReads(figures, shape, shape.name(), meter);
      figures.add(cost(shape, meter));
    }
    for (Attached attached :
        List.of(Attached.upTo(12, 5_000), Attached.of(Shape.of(20, 10), 3_300))) {
      Meter meter = PreviewTrial.ofPreview(attached);
      addReads(figures, attached.shape(), attached.name(), meter);
      figures.add(
          lower(
              "lists of S3 of a preview, " + attached.name(),
              meter.requests(kind -> kind.target().equals(StubS3.NAME)),
              attached.leastPreviewLists(),
              "requests"));
    }
    return figures;
  }

  private static void addReads(List<Figure> figures, Shape shape, String name, Meter meter) {
    Shape.Reads least = shape.leastPreviewReads();
    figures.add(
        lower(
            "pages that a preview reads, " + name,
            meter.requests(PreviewReading::isRead),
            least.pages(),
            "pages"));
    figures.add(
        lower(
            "read units of a preview, " + name,
            meter.readUnits(PreviewReading::isRead),
            least.units(),
            "units"));
  }

  private static boolean isRead(Kind kind) {
    return READ.contains(kind.target());
  }

  private static Figure lower(String name, double ours, double least, String unit) {
    return new Figure(name, ours, least, unit, GOAL, Better.LOWER);
  }

  /** By what the deletes cost at least: a unit for each record, and one for each index entry. */
  private static Figure cost(Shape shape, Meter meter) {
    return Figure.reported(
        "cost of a preview, " + shape.name(),
        1_000 * Prices.of(meter),
        1_000 * Prices.WRITE_UNIT * (shape.records() + shape.conversations()),
        "thousandths of USD",
        Better.LOWER);
  }
}
