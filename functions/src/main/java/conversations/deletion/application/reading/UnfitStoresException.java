package conversations.deletion.application.reading;

import java.util.List;

/** Conversations are kept in such a way that a job might leave something of them behind. */
public final class UnfitStoresException extends RuntimeException {

  private final List<String> faults;

  UnfitStoresException(List<String> faults) {
    super("what keeps the conversations is unfit: " + String.join(" ", faults));
    this.faults = List.copyOf(faults);
  }

  /** All faults, at least one. None holds anything of a record or an attachment. */
  public List<String> faults() {
    return faults;
  }
}
