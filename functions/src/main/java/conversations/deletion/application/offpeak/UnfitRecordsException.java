package conversations.deletion.application.offpeak;

import java.util.List;

/** Conversation records are kept in a way in which a job might leave some behind. */
public final class UnfitRecordsException extends RuntimeException {

  private final List<String> faults;

  UnfitRecordsException(List<String> faults) {
    super("the table of conversation records is unfit: " + String.join(" ", faults));
    this.faults = List.copyOf(faults);
  }

  /** All of them, at least one; none holds anything of a record. */
  public List<String> faults() {
    return faults;
  }
}
