package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order that jobs delete nothing of certain conversations, as the API gives it.
 *
 * @param conversations the ids of the conversations that it keeps, if it keeps certain ones
 * @param user the channel user whose conversations it keeps, if it keeps all of one
 * @param heldFrom from when on it holds; absent where its placing was cut short
 * @param reviewAt when somebody is to look at it again
 * @param confidential whether those who may not see holds see nothing of it
 * @param releasedAt when it was released, if it was
 * @param holdsUntil until when it holds after its release
 * @param earliestExpiresAt when the first of what it keeps expires, as far as its placing saw
 * @param waiting the jobs that wait for it; absent in a list
 */
public record Hold(
    String holdId,
    List<String> conversations,
    Optional<String> user,
    String reason,
    Optional<Instant> heldFrom,
    Optional<Instant> reviewAt,
    boolean confidential,
    Optional<Instant> releasedAt,
    Optional<Instant> holdsUntil,
    Optional<Instant> earliestExpiresAt,
    Optional<List<WaitingJob>> waiting) {

  /** A job that waits for a hold. */
  public record WaitingJob(String jobId, Instant since) {

    private static WaitingJob of(JsonNode job) {
      return new WaitingJob(Fields.text(job, "jobId"), Fields.instant(job, "since"));
    }
  }

  /**
   * Reads a hold.
   *
   * @throws IllegalArgumentException if it lacks something
   * @throws java.time.DateTimeException if a moment can't be read
   */
  static Hold of(JsonNode hold) {
    Optional<String> user = Fields.optionalText(hold, "cId");
    return new Hold(
        Fields.text(hold, "holdId"),
        user.isPresent()
            ? List.of()
            : Fields.array(hold, "conversationIds").stream().map(JsonNode::asText).toList(),
        user,
        Fields.text(hold, "reason"),
        Fields.optionalInstant(hold, "heldFrom"),
        Fields.optionalInstant(hold, "reviewAt"),
        hold.has("confidential") && Fields.flag(hold, "confidential"),
        Fields.optionalInstant(hold, "releasedAt"),
        Fields.optionalInstant(hold, "holdsUntil"),
        Fields.optionalInstant(hold, "earliestExpiresAt"),
        hold.has("waitingJobs")
            ? Optional.of(Fields.array(hold, "waitingJobs").stream().map(WaitingJob::of).toList())
            : Optional.empty());
  }
}
