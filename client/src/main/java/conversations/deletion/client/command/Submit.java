package conversations.deletion.client.command;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "submit",
    description = {
      "Submits a deletion job, for conversations, for a channel user or for what a preview lists."
    })
final class Submit implements Callable<Integer> {

  /** The least time that the service answers, which it does in the off-peak window. */
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private AskedOptions asked;
  @Mixin private KeyOption key;
  @Mixin private WaitOptions waiting;

  @Option(
      names = "--preview",
      paramLabel = "PREVIEW",
      description = "Delete what this preview lists, and nothing else.")
  private String preview;

  @Option(
      names = "--not-before",
      paramLabel = "MOMENT",
      converter = MomentText.class,
      description =
          "Delete nothing before this ISO 8601 timestamp, or before this time has passed, such as"
              + " 72h. Until then the job can be cancelled whole.")
  private MomentText.Moment notBefore;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "Your own name for the request, such as a ticket's number. The owner reads it.")
  private String reference;

  @Option(names = "--wait", description = "Watch the job until it has ended.")
  private boolean wait;

  @Option(
      names = "--yes",
      description =
          "Do not ask. On a deployed stack, a person at a terminal is asked otherwise; for a channel"
              + " user, somebody has to agree to what a preview shows.")
  private boolean yes;

  Submit(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    key.text();
    Optional<String> moment =
        Optional.ofNullable(notBefore).map(it -> it.text(deletions.surroundings().clock()));
    Target target = deletions.target();
    try (Api service = deletions.api(api, target)) {
      ObjectNode request = agreed(service, target);
      moment.ifPresent(text -> request.put("notBefore", text));
      if (reference != null) {
        request.put("reference", reference);
      }
      ApiAnswer answer = submitted(service, request.toString(), moment);
      String jobId = answer.field("jobId");
      if (!wait) {
        deletions.screen().show(answer.text(), () -> lines(jobId, answer, request));
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

  /** What is to be deleted. On a deployed stack the person has agreed to it, if one is there. */
  private ObjectNode agreed(Api service, Target target) {
    ObjectNode request = asked.request();
    if (preview != null) {
      request.put("previewId", preview);
    }
    if (yes || !(target instanceof StackTarget stack)) {
      return request;
    }
    Consent consent =
        new Consent(deletions, service, stack.name(), deletions.bot(api.bot(), stack));
    if (preview == null && asked.isOfUser()) {
      return consent.toPreview(asked, key, waiting);
    }
    consent.to(preview == null ? asked.words() : "what the preview " + preview + " lists");
    return request;
  }

  private ApiAnswer submitted(Api service, String request, Optional<String> moment) {
    try {
      ApiAnswer answer = service.submit(request, key.text());
      answer.field("jobId");
      return answer;
    } catch (Failure e) {
      throw e.status() == ExitStatus.UNREACHABLE ? e.withRemedy(repeated(moment)) : e;
    }
  }

  /** A repeated request has to be the same, so a moment that was counted from now on is named. */
  private String repeated(Optional<String> moment) {
    return ("The job may have been submitted. Repeat the command with --idempotency-key=%s%s:"
            + " that makes no second job.")
        .formatted(key.text(), moment.map(text -> " --not-before=" + text).orElse(""));
  }

  private List<String> lines(String jobId, ApiAnswer answer, ObjectNode request) {
    String when =
        answer
            .retryAfter()
            .filter(time -> time.compareTo(SOON) > 0)
            .map(time -> "it is due in " + new TimeSpan(time))
            .orElse("a run starts it soon");
    ArrayList<String> lines = new ArrayList<>();
    lines.add("Job %s is queued; %s.".formatted(jobId, when));
    if (request.has("previewId")) {
      lines.add(
          "It deletes what the preview %s lists.".formatted(request.path("previewId").asText()));
    }
    if (request.has("notBefore")) {
      lines.add(
          "Nothing is deleted before %s. Until then it can be cancelled whole: deletions cancel %s"
              .formatted(request.path("notBefore").asText(), jobId));
    }
    lines.add("To watch it, with the same options: deletions watch " + jobId);
    return lines;
  }
}
