package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.RecordsTable;
import java.util.List;

/** How many requests delete the records of many small conversations. */
final class RequestsPerBatch implements Measurement {

  private static final double UNPROCESSED = 0.1;

  private final Shape shape = Shape.small(5_000);

  @Override
  public List<Figure> measure() {
    return List.of(
        figure("delete requests", Behaviour.atOnce(), 1.01),
        figure(
            "delete requests, 10 % of items unprocessed",
            Behaviour.atOnce().withUnprocessed(UNPROCESSED), 1.13));
  }

  private Figure figure(String name, Behaviour behaviour, double goal) {
    long requests = Trial.of(shape, behaviour).requests("BatchWriteItem", RecordsTable.NAME);
    return new Figure(
        name + ", " + shape.name(), requests, shape.batches(), "requests", goal, Better.LOWER);
  }
}
