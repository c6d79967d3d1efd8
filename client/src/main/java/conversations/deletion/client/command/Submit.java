package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import conversations.deletion.client.service.Target;
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
      names = "--reference",
      paramLabel = "TEXT",
      description = "Your own name for the request, such as a ticket's number. The owner reads it.")
  private String reference;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A repeated request with the same key makes no second job.")
  private String idempotencyKey = UUID.randomUUID().toString();

  @Option(names = "--wait", description = "Watch the job until it has ended.")
  private boolean wait;

  @Option(
      names = "--yes",
      description = "Do not ask. On a deployed stack, a person at a terminal is asked otherwise.")
  private boolean yes;

  Submit(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    requireHeaderText(idempotencyKey);
    Target target = deletions.target();
    try (Api service = deletions.api(api, target)) {
      if (!yes && target instanceof StackTarget stack) {
        new Confirmation(deletions.surroundings().person(), deletions.screen())
            .require(
                "The stack %s is to delete %s of the bot %s. That can't be taken back."
                    .formatted(stack.name(), what(), deletions.bot(api.bot(), stack)));
      }
      ApiAnswer answer = submitted(service);
      String jobId = answer.field("jobId");
      if (!wait) {
        deletions.screen().show(answer.text(), () -> lines(jobId, answer));
        return ExitStatus.OK.code();
      }
      deletions.screen().tell("Job %s is queued.".formatted(jobId));
      if (target instanceof LocalTarget) {
        deletions
            .screen()
            .tell("To start a run now, in another terminal: client/deletions run-off-peak");
      }
      return waiting.follow(deletions, () -> service.job(jobId));
    }
  }

  /** A header takes no other characters (RFC 9110, section 5.5). */
  private static void requireHeaderText(String key) {
    if (!key.matches("[!-~]([ -~]*[!-~])?")) {
      throw new Failure(
          ExitStatus.USAGE,
          "--idempotency-key has characters that a request can't carry",
          "Use letters, digits and other characters of ASCII.");
    }
  }

  private String what() {
    if (user == null) {
      return conversations.size() == 1
          ? "the conversation " + conversations.getFirst()
          : "%d conversations".formatted(conversations.size());
    }
    return "all conversations of the channel user %s%s%s"
        .formatted(
            user,
            from == null ? "" : " that began from " + from + " on",
            to == null ? "" : (from == null ? " that began" : "") + " up to " + to);
  }

  private ApiAnswer submitted(Api service) {
    try {
      ApiAnswer answer = service.submit(body(), idempotencyKey);
      answer.field("jobId");
      return answer;
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
    if (reference != null) {
      body.put("reference", reference);
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
