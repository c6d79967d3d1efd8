package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.StubS3;
import java.util.List;
import java.util.stream.Stream;

/** How many requests to S3 a job takes whose conversations have attachments. */
final class RequestsToS3 implements Measurement {

  private static final double GOAL = 1.05;

  @Override
  public List<Figure> measure() {
    return Stream.of(
            Attached.upTo(12, 5_000),
            Attached.of(Shape.of(1_000, 10), 100),
            Attached.of(Shape.of(20, 10), 3_300),
            Attached.of(Shape.of(1, 10), 100_000))
        .map(RequestsToS3::of)
        .toList();
  }

  private static Figure of(Attached attached) {
    return new Figure(
        "requests to S3, " + attached.name(),
        Trial.of(attached).requests(kind -> kind.target().equals(StubS3.NAME)),
        attached.leastRequests(),
        "requests",
        GOAL,
        Better.LOWER);
  }
}
