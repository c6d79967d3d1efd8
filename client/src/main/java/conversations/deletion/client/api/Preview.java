package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job would delete, counted with nothing changed, as the API gives it.
 *
 * @param status never that it was completed in part, or cancelled: a preview can be neither
 * @param requestType what was asked for: {@code cId} or {@code conversationIds}
 * @param range the start and the end of what was asked for, if that was a channel user
 * @param expiresAt until when a job can be made of it; absent until it has ended
 * @param reason why it failed, as a code
 */
public record Preview(
    String previewId,
    JobStatus status,
    String requestType,
    Optional<Job.Range> range,
    Instant submittedAt,
    Optional<Instant> completedAt,
    Optional<Instant> expiresAt,
    Optional<String> reason,
    Result result) {

  public Preview {
    if (status == JobStatus.PARTIALLY_COMPLETED || status == JobStatus.CANCELLED) {
      throw new IllegalArgumentException(
          "its status '" + status.text() + "' is not one of previews");
    }
  }

  /**
   * Counts; of a preview that has not ended, those so far.
   *
   * @param bytes the size of records and attachments, estimated
   * @param retained how many records a job leaves because of their type
   * @param held conversations that a hold keeps
   * @param open conversations that are still open
   * @param failing conversations that a job can't delete as they are
   * @param notFound conversations that were asked for and not there
   * @param beforeStart conversations that began before a start that nobody named
   * @param estimate what a job costs; absent until the preview is completed
   */
  public record Result(
      long conversations,
      long records,
      long attachments,
      long bytes,
      long retained,
      long held,
      long open,
      long failing,
      long notFound,
      Optional<Long> beforeStart,
      Optional<Instant> firstStartedAt,
      Optional<Instant> lastStartedAt,
      Optional<Estimate> estimate) {}

  /**
   * What a job that deletes this costs.
   *
   * @param costUsd US dollars
   * @param seconds how long it takes
   * @param windows how many off-peak windows it takes
   */
  public record Estimate(
      Span writeUnits, Span listings, Span costUsd, long seconds, long windows) {}

  /** Two numbers, as the service writes them. What is used lies between them. */
  public record Span(String least, String most) {

    private static Span ofNumbers(JsonNode span) {
      return new Span(
          String.valueOf(Fields.number(span, "least")),
          String.valueOf(Fields.number(span, "most")));
    }

    private static Span ofTexts(JsonNode span) {
      return new Span(Fields.text(span, "least"), Fields.text(span, "most"));
    }
  }

  /**
   * Reads a preview.
   *
   * @throws IllegalArgumentException if it lacks something, or has an unknown status
   * @throws java.time.DateTimeException if a moment can't be read
   */
  public static Preview of(JsonNode preview) {
    return new Preview(
        Fields.text(preview, "previewId"),
        Job.status(Fields.text(preview, "status")),
        Fields.text(preview, "requestType"),
        Job.Range.of(preview),
        Fields.instant(preview, "submittedAt"),
        Fields.optionalInstant(preview, "completedAt"),
        Fields.optionalInstant(preview, "expiresAt"),
        Fields.optionalText(preview, "reason"),
        result(preview.path("result")));
  }

  private static Result result(JsonNode result) {
    return new Result(
        Fields.number(result, "conversations"),
        Fields.number(result, "records"),
        Fields.number(result, "attachments"),
        Fields.number(result, "bytes"),
        Fields.number(result, "retained"),
        // A service of an older version has no holds.
        Fields.optionalNumber(result, "held").orElse(0L),
        Fields.number(result, "open"),
        Fields.number(result, "failing"),
        Fields.number(result, "notFound"),
        Fields.optionalNumber(result, "beforeStart"),
        Fields.optionalInstant(result, "firstStartedAt"),
        Fields.optionalInstant(result, "lastStartedAt"),
        result.has("estimate") ? Optional.of(estimate(result.path("estimate"))) : Optional.empty());
  }

  private static Estimate estimate(JsonNode estimate) {
    return new Estimate(
        Span.ofNumbers(estimate.path("writeUnits")),
        Span.ofNumbers(estimate.path("listings")),
        Span.ofTexts(estimate.path("costUsd")),
        Fields.number(estimate, "seconds"),
        Fields.number(estimate, "windows"));
  }
}
