package conversations.deletion.application.offpeak;

import java.util.List;

/** Conversation records are kept in such a way that a job might leave some behind. */
public final class UnfitRecordsException extends RuntimeException {

  private final List<String> faults;

  UnfitRecordsException(List<String> faults) {
    super("the table of conversation records is unfit: " + String.join(" ", faults));
    this.faults = List.copyOf(faults);
  }

  /** All faults, at least one. None holds anything of a record. */
  public List<String> faults() {
    return faults;
  }
}
