package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A deletion job, as the API gives it.
 *
 * @param requestType what was asked for: {@code cId} or {@code conversationIds}
 * @param scheduledAt when a run is to pick it up, or picked it up
 * @param mail the state of the e-mail to the bot's owner
 */
public record Job(
    String jobId,
    JobStatus status,
    String requestType,
    Instant submittedAt,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Optional<Instant> cancelRequestedAt,
    Result result,
    Optional<Mail> mail) {

  /**
   * Counts of conversations.
   *
   * @param processed conversations dealt with so far: deleted, failed or skipped
   * @param skipped conversations that were asked for and not there
   * @param records how many records were deleted
   * @param retriesRemaining later windows in which failed conversations are tried again
   */
  public record Result(
      long total,
      long processed,
      long deleted,
      long failed,
      long skipped,
      long records,
      int retriesRemaining) {}

  /**
   * The e-mail to the bot's owner.
   *
   * @param status {@code pending}, {@code sent}, {@code undeliverable} or {@code unconfirmed}
   */
  public record Mail(String status, Optional<String> sentAt, Optional<String> reason) {}

  public static Job of(JsonNode job) {
    JsonNode result = job.path("result");
    return new Job(
        job.path("jobId").asText(),
        JobStatus.of(job.path("status").asText()),
        job.path("requestType").asText(),
        Instant.parse(job.path("submittedAt").asText()),
        Instant.parse(job.path("scheduledAt").asText()),
        instant(job, "startedAt"),
        instant(job, "completedAt"),
        instant(job, "cancelRequestedAt"),
        new Result(
            result.path("totalConversations").asLong(),
            result.path("processedCount").asLong(),
            result.path("deletedConversations").asLong(),
            result.path("failedCount").asLong(),
            result.path("skippedCount").asLong(),
            result.path("deletedCount").asLong(),
            result.path("retriesRemaining").asInt()),
        job.has("notification") ? Optional.of(mail(job.path("notification"))) : Optional.empty());
  }

  private static Mail mail(JsonNode notification) {
    return new Mail(
        notification.path("status").asText(),
        text(notification, "sentAt"),
        text(notification, "reason"));
  }

  private static Optional<Instant> instant(JsonNode node, String name) {
    return text(node, name).map(Instant::parse);
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
