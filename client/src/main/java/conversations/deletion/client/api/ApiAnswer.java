package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.domain.JobStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer that is not a refusal. It need not be what this program expects: what stands before the
 * service may answer for it, and the service may be newer. Each method that reads something throws
 * a {@link Failure} if it is not there, or can't be understood.
 *
 * @param text the JSON, unchanged
 * @param retryAfter when to look again, if the answer says so
 */
public record ApiAnswer(String text, JsonNode json, Optional<Duration> retryAfter) {

  /** The job that it shows. */
  public Job job() {
    return read(Job::of);
  }

  /** The preview that it shows. */
  public Preview preview() {
    return read(Preview::of);
  }

  /** The conversations of a page of a preview's list. */
  public List<PreviewedConversation> previewedConversations() {
    return read(
        page ->
            Fields.array(page, "conversations").stream().map(PreviewedConversation::of).toList());
  }

  /** What the request for the page that follows gives; absent if this is the last. */
  public Optional<String> nextToken() {
    return Fields.optionalText(json, "nextToken");
  }

  /** The status that it shows. */
  public JobStatus status() {
    return read(json -> Job.status(Fields.text(json, "status")));
  }

  /** The jobs of a page. */
  public List<Job> jobs() {
    return read(page -> Fields.array(page, "jobs").stream().map(Job::of).toList());
  }

  /** The hold that it shows. */
  public Hold hold() {
    return read(Hold::of);
  }

  /** The holds of a page. */
  public List<Hold> holds() {
    return read(page -> Fields.array(page, "holds").stream().map(Hold::of).toList());
  }

  /** The objects in a list of this name. */
  public List<JsonNode> array(String name) {
    return read(page -> Fields.array(page, name));
  }

  /** The objects that it is a list of. */
  public List<JsonNode> array() {
    return read(Fields::elements);
  }

  /** A text that must be there. */
  public String field(String name) {
    return read(json -> Fields.text(json, name));
  }

  /**
   * Reads something.
   *
   * @param reader throws an IllegalArgumentException or a DateTimeException if it can't be read
   */
  private <T> T read(Function<JsonNode, T> reader) {
    try {
      return reader.apply(json);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Failure(
          ExitStatus.UNREACHABLE,
          "The answer is not what this program expects: " + e.getMessage(),
          "Check that this is the service's API, and no older or newer than this program."
              + " --json shows the answer.",
          e);
    }
  }
}
