package conversations.deletion.client.api;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A problem document (RFC 9457) of the API.
 *
 * @param errors each fault, in one line
 * @param codes the code of each fault
 * @param instance id of the request
 */
record Problem(
    int status,
    String title,
    String detail,
    List<String> errors,
    Set<String> codes,
    String instance) {

  /**
   * Reads a document.
   *
   * @param status the status of the answer, as API Gateway's own documents lack it
   */
  static Problem of(int status, JsonNode document) {
    return new Problem(
        status,
        document.path("title").asText("No title"),
        document.path("detail").asText("The service does not say why."),
        document.path("errors").valueStream().map(Problem::line).toList(),
        document
            .path("errors")
            .valueStream()
            .map(error -> error.path("code").asText())
            .collect(Collectors.toUnmodifiableSet()),
        document.path("instance").asText("unknown"));
  }

  Failure failure(String document, Optional<Duration> retryAfter) {
    return Failure.refused(
        status >= 500 ? ExitStatus.UNREACHABLE : ExitStatus.REFUSED,
        "%s (%d %s)".formatted(detail, status, title),
        errors,
        remedy(retryAfter),
        document,
        retryAfter);
  }

  private static String line(JsonNode error) {
    return "%s: %s [%s]"
        .formatted(
            error.path("field").asText(),
            error.path("message").asText(),
            error.path("code").asText());
  }

  private String remedy(Optional<Duration> retryAfter) {
    return switch (status) {
      case 400, 413, 415 -> "Correct the command and run it again.";
      case 401 ->
          "Check the client app (--app, --app-file) and this machine's clock,"
              + " or register another with deletions register-app.";
      case 403 ->
          "Register a client app for this bot with the required scope:"
              + " deletions register-app --bot=BOT. Holds need --scope=hold-conversations.";
      case 404 ->
          "Check the id and --bot; deletions list shows the bot's jobs, deletions holds its holds.";
      case 409 -> remedyOfConflict();
      case 422 -> "Give another --idempotency-key, or none.";
      case 429 ->
          "Try again in %d s.".formatted(retryAfter.orElse(Duration.ofMinutes(1)).toSeconds());
      default ->
          "Try again in a minute. In the service's logs, this is request %s.".formatted(instance);
    };
  }

  private String remedyOfConflict() {
    if (codes.contains("preview_required")) {
      return "Run deletions preview for the same channel user, look at what it lists,"
          + " and then run the deletions submit --preview=ID that it names.";
    }
    if (codes.contains("preview_not_completed")) {
      return "Try again when the preview has been completed;"
          + " if it has failed, make another with deletions preview.";
    }
    if (codes.contains("preview_expired") || codes.contains("preview_used_up")) {
      return "Make another with deletions preview.";
    }
    if (codes.contains("hold_exists") || codes.contains("hold_released")) {
      return "An id is good for one hold; deletions holds shows them. Give another id.";
    }
    return "There is nothing to do; deletions status shows how the job ended.";
  }
}
