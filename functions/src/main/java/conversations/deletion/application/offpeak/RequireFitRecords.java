package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.RecordsFitness;
import java.util.List;
import java.util.Map;

/**
 * Stops a run that would delete conversation records from a table that is not fit for it.
 *
 * <p>A table that was found fit is not looked at again. An unfit one is looked at each time, so
 * nothing has to be restarted once it is mended. Safe for use by several threads.
 */
public final class RequireFitRecords {

  private final RecordsFitness fitness;
  private final OperatorLog log;
  private volatile boolean isFit;

  public RequireFitRecords(RecordsFitness fitness, OperatorLog log) {
    this.fitness = fitness;
    this.log = log;
  }

  /**
   * Returns if the table is fit.
   *
   * @throws UnfitRecordsException if it is not
   * @throws RuntimeException if that could not be found out; nothing may be deleted this time
   */
  public void requireFit() {
    if (isFit) {
      return;
    }
    List<String> faults = look();
    if (!faults.isEmpty()) {
      UnfitRecordsException unfit = new UnfitRecordsException(faults);
      log.error("records_table_unfit", Map.of("faults", faults), unfit);
      throw unfit;
    }
    isFit = true;
  }

  private List<String> look() {
    try {
      return fitness.faults();
    } catch (RuntimeException e) {
      log.warn("records_table_unchecked", Map.of(), e);
      throw e;
    }
  }
}
