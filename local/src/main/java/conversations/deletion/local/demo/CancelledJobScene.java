package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;

/** Submits a job that may begin tomorrow at the earliest, and cancels it. */
final class CancelledJobScene {
  private final Api api;
  private final Screen screen;
  private final Checks checks;
  private final String jobs;

  /** Takes the path of the bot's jobs. */
  CancelledJobScene(Api api, Screen screen, Checks checks, String jobs) {
    this.api = api;
    this.screen = screen;
    this.checks = checks;
    this.jobs = jobs;
  }

  /** Plays it, and returns the id of the job. */
  String play(String previewId) {
    String tomorrow = Timestamps.format(Instant.now().plus(Duration.ofDays(1)));
    screen.line("Job 5, of what the preview lists too, but not before tomorrow:");
    Reply accepted = api.post(jobs, Requests.ofPreview(previewId).put("notBefore", tomorrow));
    checks.same("Job 5, answer", 202, accepted.status());
    String path = jobs + "/" + accepted.text("jobId");
    checks.same("Job 5, answer to its cancellation", 202, api.delete(path).status());
    Reply state = api.poll(path);
    JsonNode result = state.body().path("result");
    checks.same("Job 5, status", "cancelled", state.text("status"));
    checks.same("Job 5, notBefore", tomorrow, state.text("notBefore"));
    checks.same("Job 5, conversations dealt with", 0, result.path("processedCount").asInt(-1));
    return accepted.text("jobId");
  }
}
