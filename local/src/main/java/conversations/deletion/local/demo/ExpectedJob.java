package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.Census;
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

  long records(Census before) {
    return deleted.stream().mapToLong(part -> before.records(part.key())).sum();
  }
}
