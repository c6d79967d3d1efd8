package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import conversations.deletion.bench.stub.PlatformWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a platform's own writer gets of a provisioned table while a job runs. It asks for 30 % of
 * the table's units, one at a time, at even distances, and not again for what is refused. The table
 * begins with nothing saved up.
 */
final class BesideAWriter implements Measurement {

  private static final Duration MEASURED = Duration.ofMinutes(3);

  /** Deletes of larger records would leave the writer what is too little for one of them. */
  private static final int RECORD_BYTES = Shape.KB / 2;

  private static final double ASKED = 0.3;
  private static final double LEAST_SHARE = 0.95;

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (int units : ProvisionedTables.TABLES) {
      ProvisionedTrial trial = new ProvisionedTrial(units, RECORD_BYTES, MEASURED);
      trial.aws().exhaust();
      PlatformWriter writer = new PlatformWriter(trial.aws(), ASKED * units);
      trial.run(() -> writer.write(MEASURED));
      figures.add(
          new Figure(
              "a platform's own writes during a job, %,d units".formatted(units),
              writer.taken(),
              writer.asked(),
              "units",
              LEAST_SHARE,
              Better.HIGHER));
      figures.add(
          Figure.reported(
              "units taken beside these writes, %,d units".formatted(units),
              trial.taken(),
              units * MEASURED.toSeconds() - writer.taken(),
              "units",
              Better.HIGHER));
    }
    return figures;
  }
}
