package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = "Submits a deletion job, for conversations or for a channel user.")
final class Submit implements Callable<Integer> {

  /** The least time that the service answers, which it does in the off-peak window. */
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private WaitOptions waiting;

  @Parameters(
      paramLabel = "CONVERSATION",
      arity = "0..*",
      description = "Ids of at most 100 conversations.")
  private List<String> conversations = List.of();

  @Option(
      names = "--user",
      paramLabel = "CID",
      description = "The channel user whose conversations are deleted.")
  private String user;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "With --user: the first UTC day, or ISO 8601 timestamp.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "With --user: the last UTC day, or ISO 8601 timestamp.")
  private String to;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A repeated request with the same key makes no second job.")
  private String idempotencyKey = UUID.randomUUID().toString();

  @Option(names = "--wait", description = "Watch the job until it has ended.")
  private boolean wait;

  Submit(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      ApiAnswer answer = submitted(service);
      String jobId = answer.json().path("jobId").asText();
      if (!wait) {
        deletions.screen().show(answer.text(), () -> lines(jobId, answer));
        return ExitStatus.OK.code();
      }
      deletions.screen().tell("Job %s is queued.".formatted(jobId));
      return waiting.follow(deletions, () -> service.job(jobId));
    }
  }

  private ApiAnswer submitted(Api service) {
    try {
      return service.submit(body(), idempotencyKey);
    } catch (Failure e) {
      throw e.status() == ExitStatus.UNREACHABLE
          ? e.withRemedy(
              ("The job may have been submitted. Repeat the command with --idempotency-key=%s:"
                      + " that makes no second job.")
                  .formatted(idempotencyKey))
          : e;
    }
  }

  /** The request as the person gave it. The service, not this program, checks it. */
  private String body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!conversations.isEmpty()) {
      conversations.forEach(body.withArray("/conversationIds")::add);
    }
    if (user != null) {
      body.put("cId", user);
    }
    if (from != null) {
      body.put("startDate", from);
    }
    if (to != null) {
      body.put("endDate", to);
    }
    return body.toString();
  }

  private static List<String> lines(String jobId, ApiAnswer answer) {
    String when =
        answer
            .retryAfter()
            .filter(wait -> wait.compareTo(SOON) > 0)
            .map(wait -> "the off-peak hours begin in " + new TimeSpan(wait))
            .orElse("a run starts it soon");
    return List.of(
        "Job %s is queued; %s.".formatted(jobId, when),
        "To watch it, with the same options: deletions watch " + jobId);
  }
}
