package conversations.deletion.bench;

import conversations.deletion.bench.Figure.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How long a job takes to use 0.95 of a table again after what is provisioned was halved or
 * doubled, or after the table has taken nothing for 15 seconds. It begins with nothing saved up.
 *
 * <p>That is the time from the change, or from the end of those 15 seconds, to the beginning of the
 * first window in which deletes took 0.95 of what is provisioned. A window has ten seconds, or as
 * many as the table needs for a thousand units: ten batches of 25 records of 4 KB.
 */
final class ChangedLimits implements Measurement {

  private static final Duration MEASURED = Duration.ofMinutes(5);
  private static final int CHANGED_AFTER_SECONDS = 120;
  private static final int OUTAGE_SECONDS = 15;
  private static final int LEAST_WINDOW_SECONDS = 10;
  private static final int WINDOW_UNITS = 1_000;
  private static final double SHARE = 0.95;

  @Override
  public List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (int units : ProvisionedTables.TABLES) {
      figures.add(changed("halved", units, units / 2));
      figures.add(changed("doubled", units, 2 * units));
      figures.add(gone(units));
    }
    return figures;
  }

  private static Figure changed(String how, int units, int changed) {
    ProvisionedTrial trial = trial(units);
    trial.run(
        () -> {
          trial.sleep(Duration.ofSeconds(CHANGED_AFTER_SECONDS));
          trial.limitTo(changed);
        });
    return figure(how, trial, units, changed, CHANGED_AFTER_SECONDS);
  }

  private static Figure gone(int units) {
    ProvisionedTrial trial = trial(units);
    trial.run(
        () -> {
          trial.sleep(Duration.ofSeconds(CHANGED_AFTER_SECONDS));
          trial.limitTo(0);
          trial.sleep(Duration.ofSeconds(OUTAGE_SECONDS));
          trial.limitTo(units);
        });
    return figure(
        "gone for %d s".formatted(OUTAGE_SECONDS),
        trial,
        units,
        units,
        CHANGED_AFTER_SECONDS + OUTAGE_SECONDS);
  }

  private static ProvisionedTrial trial(int units) {
    ProvisionedTrial trial = new ProvisionedTrial(units, 4 * Shape.KB, MEASURED);
    trial.aws().exhaust();
    return trial;
  }

  private static Figure figure(String how, ProvisionedTrial trial, int was, int is, int since) {
    List<Long> taken = trial.aws().meter().unitsTaken();
    int end = (int) MEASURED.toSeconds();
    OptionalInt back = secondsUntilUsed(taken.subList(0, Math.min(end, taken.size())), since, is);
    return Figure.reported(
        "back to %s after %,d units were %s%s"
            .formatted(SHARE, was, how, back.isPresent() ? "" : ": not within"),
        back.orElse(end - since),
        windowSeconds(is),
        "s, by a window",
        Better.LOWER);
  }

  /**
   * The seconds from one on, until a window begins in which 0.95 of the units was taken; absent if
   * no window is like that.
   *
   * @param taken the units taken in each second
   * @param units those that the table has for each second
   */
  static OptionalInt secondsUntilUsed(List<Long> taken, int since, int units) {
    int window = windowSeconds(units);
    for (int from = since; from + window <= taken.size(); from++) {
      long sum = taken.subList(from, from + window).stream().mapToLong(Long::longValue).sum();
      if (sum >= SHARE * units * window) {
        return OptionalInt.of(from - since);
      }
    }
    return OptionalInt.empty();
  }

  private static int windowSeconds(int units) {
    return Math.max(LEAST_WINDOW_SECONDS, Math.ceilDiv(WINDOW_UNITS, units));
  }
}
