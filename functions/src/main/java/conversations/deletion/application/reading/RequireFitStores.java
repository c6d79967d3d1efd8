package conversations.deletion.application.reading;

import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.StoreFitness;
import java.util.List;
import java.util.Map;

/**
 * Stops a run that would delete conversations from a store that is not fit for it.
 *
 * <p>Stores that were all found fit are not looked at again. Else all are looked at each time, so
 * nothing has to be restarted once a fault is mended. Safe for use by several threads.
 */
public final class RequireFitStores {

  private final List<StoreFitness> stores;
  private final OperatorLog log;
  private volatile boolean isFit;

  public RequireFitStores(List<StoreFitness> stores, OperatorLog log) {
    this.stores = List.copyOf(stores);
    this.log = log;
  }

  /**
   * Returns if every store is fit.
   *
   * @throws UnfitStoresException if one is not
   * @throws RuntimeException if that could not be found out; nothing may be deleted this time
   */
  public void requireFit() {
    if (isFit) {
      return;
    }
    List<String> faults = look();
    if (!faults.isEmpty()) {
      UnfitStoresException unfit = new UnfitStoresException(faults);
      log.error("records_table_unfit", Map.of("faults", faults), unfit);
      throw unfit;
    }
    isFit = true;
  }

  private List<String> look() {
    try {
      return stores.stream().flatMap(store -> store.faults().stream()).toList();
    } catch (RuntimeException e) {
      log.warn("records_table_unchecked", Map.of(), e);
      throw e;
    }
  }
}
