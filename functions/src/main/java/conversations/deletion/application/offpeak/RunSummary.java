package conversations.deletion.application.offpeak;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run did.
 *
 * @param windowIsOpen whether the off-peak window was open at its end
 * @param jobsSwept jobs whose message was sent again
 * @param jobsWorkedOn leases taken
 * @param jobsEnded jobs that have ended
 * @param jobsInterrupted jobs given back after an error
 * @param messagesRejected messages moved to the dead-letter queue
 * @param recordsDeleted records deleted
 * @param attachmentsDeleted attachments deleted
 */
public record RunSummary(
    boolean windowIsOpen,
    int jobsSwept,
    int jobsWorkedOn,
    int jobsEnded,
    int jobsInterrupted,
    int messagesRejected,
    long recordsDeleted,
    long attachmentsDeleted) {

  /** The same by name, for logs and answers. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("windowIsOpen", windowIsOpen);
    map.put("jobsSwept", jobsSwept);
    map.put("jobsWorkedOn", jobsWorkedOn);
    map.put("jobsEnded", jobsEnded);
    map.put("jobsInterrupted", jobsInterrupted);
    map.put("messagesRejected", messagesRejected);
    map.put("recordsDeleted", recordsDeleted);
    map.put("attachmentsDeleted", attachmentsDeleted);
    return map;
  }
}
