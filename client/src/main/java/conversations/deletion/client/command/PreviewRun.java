package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Preview;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has a preview made, and shows its progress until it is completed. */
record PreviewRun(Deletions deletions, Api service, WaitOptions waiting) {

  /**
   * The preview of what is asked for.
   *
   * @param key its idempotency key
   * @param again the key to name if the command has to be given again
   * @return the answer that shows it completed
   * @throws Failure if the service refuses, or the preview fails or does not end in time
   */
  ApiAnswer completed(AskedOptions asked, String key, String again) {
    ApiAnswer accepted = accepted(asked, key, again);
    String previewId = accepted.field("previewId");
    deletions.screen().tell("Preview %s is queued. Nothing is deleted by it.".formatted(previewId));
    ApiAnswer last =
        waiting.watch(
            deletions,
            () -> service.preview(previewId),
            answer -> new Sight.OfPreview(answer.preview(), asked.named()),
            accepted.retryAfter().orElse(Duration.ZERO));
    Preview preview = last.preview();
    if (preview.status() == JobStatus.FAILED) {
      throw failed(preview, last.text());
    }
    if (!preview.status().isEnd()) {
      throw refused(
          ExitStatus.JOB_NOT_ENDED,
          "The preview %s had not ended within --timeout".formatted(previewId),
          "To go on with it, repeat the command with --idempotency-key=%s.".formatted(again),
          last.text());
    }
    return last;
  }

  private ApiAnswer accepted(AskedOptions asked, String key, String again) {
    try {
      ApiAnswer answer = service.requestPreview(asked.request().toString(), key);
      answer.field("previewId");
      return answer;
    } catch (Failure e) {
      throw e.status() == ExitStatus.UNREACHABLE
          ? e.withRemedy(
              ("Nothing was deleted. Repeat the command with --idempotency-key=%s:"
                      + " that makes no second preview.")
                  .formatted(again))
          : e;
    }
  }

  private static Failure failed(Preview preview, String document) {
    String reason = preview.reason().orElse("the service does not say why");
    return switch (reason) {
      case "store_unfit" ->
          failed(
              preview,
              "the records table or the bucket is not as the service needs it",
              "deletions check-table shows what is read of the table."
                  + " Whoever operates the service has to put it right.",
              document);
      case "unavailable" ->
          failed(
              preview,
              "for an hour the records or attachments could not be read",
              "Make another later. If it fails too, tell whoever operates the service.",
              document);
      case "no_progress" ->
          failed(
              preview,
              "it was tried several times, and each time something went wrong",
              "Tell whoever operates the service: its logs name the preview.",
              document);
      default ->
          failed(preview, reason, "Tell whoever operates the service, or make another.", document);
    };
  }

  private static Failure failed(Preview preview, String why, String remedy, String document) {
    return refused(
        ExitStatus.JOB_FAILED,
        "The preview %s has failed: %s".formatted(preview.previewId(), why),
        remedy,
        document);
  }

  private static Failure refused(ExitStatus status, String wrong, String remedy, String document) {
    return Failure.refused(status, wrong, List.of(), remedy, document, Optional.empty());
  }
}
