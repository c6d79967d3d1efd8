package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A deletion job, as the API gives it.
 *
 * @param requestType what was asked for: {@code cId} or {@code conversationIds}
 * @param reference the caller's own name for the request
 * @param previewId the preview that lists what the job deletes, if it was made of one
 * @param range the start and the end of what was asked for, if that was a channel user
 * @param notBefore the moment before which nothing is deleted, if there is one
 * @param scheduledAt when a run is to pick it up, or picked it up
 * @param mail the state of the e-mail to the bot's owner
 */
public record Job(
    String jobId,
    JobStatus status,
    String requestType,
    Optional<String> reference,
    Optional<String> previewId,
    Optional<Range> range,
    Instant submittedAt,
    Optional<Instant> notBefore,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Optional<Instant> cancelRequestedAt,
    Result result,
    Optional<Mail> mail) {

  /** The conversations that began from one moment to another. */
  public record Range(Instant from, Instant to) {

    static Optional<Range> of(JsonNode node) {
      return Fields.optionalInstant(node, "startDate")
          .map(from -> new Range(from, Fields.instant(node, "endDate")));
    }
  }

  /**
   * Counts of conversations.
   *
   * @param processed conversations dealt with so far: deleted, failed or skipped
   * @param skipped conversations that were asked for and not there
   * @param records how many records were deleted
   * @param attachments how many attachments were deleted
   * @param retained how many records were left because of their type
   * @param held of those still to do, the conversations that a hold keeps
   * @param beforeStart conversations that began before a start that nobody named
   * @param retriesRemaining later windows in which failed conversations are tried again
   */
  public record Result(
      long total,
      long processed,
      long deleted,
      long failed,
      long skipped,
      long records,
      long attachments,
      long retained,
      long held,
      Optional<Long> beforeStart,
      long retriesRemaining) {}

  /**
   * The e-mail to the bot's owner.
   *
   * @param status {@code pending}, {@code sent}, {@code undeliverable} or {@code unconfirmed}
   */
  public record Mail(String status, Optional<String> sentAt, Optional<String> reason) {}

  /**
   * Reads a job.
   *
   * @throws IllegalArgumentException if it lacks something, or has an unknown status
   * @throws java.time.DateTimeException if a moment can't be read
   */
  public static Job of(JsonNode job) {
    return new Job(
        Fields.text(job, "jobId"),
        status(Fields.text(job, "status")),
        Fields.text(job, "requestType"),
        Fields.optionalText(job, "reference"),
        Fields.optionalText(job, "previewId"),
        Range.of(job),
        Fields.instant(job, "submittedAt"),
        Fields.optionalInstant(job, "notBefore"),
        Fields.instant(job, "scheduledAt"),
        Fields.optionalInstant(job, "startedAt"),
        Fields.optionalInstant(job, "completedAt"),
        Fields.optionalInstant(job, "cancelRequestedAt"),
        result(job.path("result")),
        job.has("notification") ? Optional.of(mail(job.path("notification"))) : Optional.empty());
  }

  /**
   * The status of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static JobStatus status(String text) {
    try {
      return JobStatus.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its status '" + text + "' is unknown", e);
    }
  }

  private static Result result(JsonNode result) {
    return new Result(
        Fields.number(result, "totalConversations"),
        Fields.number(result, "processedCount"),
        Fields.number(result, "deletedConversations"),
        Fields.number(result, "failedCount"),
        Fields.number(result, "skippedCount"),
        Fields.number(result, "deletedCount"),
        // A service of an older version has no attachments, retained records or holds.
        Fields.optionalNumber(result, "deletedAttachments").orElse(0L),
        Fields.optionalNumber(result, "retainedCount").orElse(0L),
        Fields.optionalNumber(result, "heldCount").orElse(0L),
        Fields.optionalNumber(result, "beforeStartCount"),
        Fields.number(result, "retriesRemaining"));
  }

  private static Mail mail(JsonNode notification) {
    return new Mail(
        Fields.text(notification, "status"),
        Fields.optionalText(notification, "sentAt"),
        Fields.optionalText(notification, "reason"));
  }
}
