package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.demo.Cast.Part;
import java.util.List;

/**
 * A job to submit, and its expected result.
 *
 * @param name for people, short
 * @param description for people
 * @param requestType as the API returns it
 * @param request the body
 * @param deleted what it should delete
 * @param skipped how many of the conversations asked for are not there
 */
record ExpectedJob(
    String name,
    String description,
    String requestType,
    JsonNode request,
    List<Part> deleted,
    int skipped) {

  /** The records that it should delete. */
  int records(Stock before) {
    return before.records(deleted) - retained(before);
  }

  /** The records that it should leave. */
  int retained(Stock before) {
    return before.retained(deleted);
  }

  int attachments(Stock before) {
    return before.attachments(deleted);
  }

  /** How people are told what was deleted. */
  String amount(Stock before) {
    return "%d records, %d attachments".formatted(records(before), attachments(before));
  }
}
