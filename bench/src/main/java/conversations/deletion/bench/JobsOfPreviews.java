package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.domain.Preview;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a job consumes, from its submission to the closing, that is bound to a preview, compared
 * with a job without one for the same conversations. What the preview itself took is not counted.
 */
final class JobsOfPreviews implements Measurement {

  private static final double GOAL = 1.0;

  @Override
  public List<Figure> measure() {
    return Stream.of(
            listed(Shape.of(1, 20)),
            listed(Shape.small(100)),
            ofUser(Shape.small(1_000)),
            ofUser(Shape.of(1_000, 100)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Figure> listed(Shape shape) {
    return compared(
        shape, "one that lists them", PreviewTrial::previewOfListed, PreviewTrial::deleteListed);
  }

  private static List<Figure> ofUser(Shape shape) {
    return compared(shape, "a channel user's", PreviewTrial::preview, PreviewTrial::deleteAll);
  }

  private static List<Figure> compared(
      Shape shape,
      String other,
      Function<PreviewTrial, Preview> preview,
      Consumer<PreviewTrial> deleteUnbound) {
    PreviewTrial bound = PreviewTrial.of(shape::addTo);
    Preview made = preview.apply(bound);
    Units before = Units.of(bound.meter());
    bound.delete(made);
    Units ours = Units.of(bound.meter()).minus(before);
    PreviewTrial unbound = PreviewTrial.of(shape::addTo);
    deleteUnbound.accept(unbound);
    Units theirs = Units.of(unbound.meter());
    String name = " units of a job by preview by %s, %s".formatted(other, shape.name());
    return List.of(
        new Figure("write" + name, ours.written(), theirs.written(), "units", GOAL, Better.LOWER),
        Figure.reported("read" + name, ours.read(), theirs.read(), "units", Better.LOWER));
  }

  /** Of all tables. */
  private record Units(long written, double read) {

    static Units of(Meter meter) {
      return new Units(meter.writeUnits(_ -> true), meter.readUnits(_ -> true));
    }

    Units minus(Units before) {
      return new Units(written - before.written, read - before.read);
    }
  }
}
