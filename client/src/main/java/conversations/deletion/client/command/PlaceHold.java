package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Hold;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.HoldText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "hold",
    description = {
      "Holds conversations, or all of a channel user, those to come too: jobs delete nothing of them",
      "until the hold is released. The same command again changes nothing."
    })
final class PlaceHold implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;

  @Parameters(
      paramLabel = "HOLD",
      description = "Id of the hold, of your own, such as a case's number. It is good once.")
  private String holdId;

  @Option(
      names = "--conversation",
      paramLabel = "CONVERSATION",
      arity = "1..*",
      description = "Ids of at most 90 conversations.")
  private List<String> conversations = List.of();

  @Option(
      names = "--user",
      paramLabel = "CID",
      description = "The channel user whose conversations are held.")
  private String user;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; told only to those who may see holds.")
  private String reason;

  @Option(
      names = "--review-at",
      paramLabel = "MOMENT",
      converter = MomentText.class,
      description =
          "When an alarm is to tell that the hold should be looked at: an ISO 8601 timestamp, or a"
              + " time from now on such as 2160h. The hold stands nevertheless.")
  private MomentText.Moment reviewAt;

  @Option(
      names = "--confidential",
      description = "Those who may not see holds are not told that it keeps anything.")
  private boolean confidential;

  PlaceHold(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    Optional<String> review =
        Optional.ofNullable(reviewAt).map(it -> it.text(deletions.surroundings().clock()));
    try (Api service = deletions.api(api)) {
      ApiAnswer answer = placed(service, review);
      deletions.screen().show(answer.text(), () -> lines(answer.hold()));
      return ExitStatus.OK.code();
    }
  }

  private ApiAnswer placed(Api service, Optional<String> review) {
    try {
      return service.placeHold(holdId, request(review).toString());
    } catch (Failure e) {
      throw e.status() == ExitStatus.UNREACHABLE ? e.withRemedy(repeated(review)) : e;
    }
  }

  /** The request, as the person gave it. The service, not this program, checks it. */
  private ObjectNode request(Optional<String> review) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!conversations.isEmpty()) {
      conversations.forEach(body.withArray("/conversationIds")::add);
    }
    if (user != null) {
      body.put("cId", user);
    }
    body.put("reason", reason);
    review.ifPresent(moment -> body.put("reviewAt", moment));
    if (confidential) {
      body.put("confidential", true);
    }
    return body;
  }

  /** A repeated request has to be the same, so a moment that was counted from now on is named. */
  private static String repeated(Optional<String> review) {
    return "Nothing is promised yet. Repeat the command%s until it is answered."
        .formatted(review.map(moment -> " with --review-at=" + moment).orElse(""));
  }

  private static List<String> lines(Hold hold) {
    ArrayList<String> lines = new ArrayList<>();
    lines.add(
        "The hold %s keeps %s. No delete starts from %s on."
            .formatted(
                hold.holdId(),
                HoldText.what(hold),
                hold.heldFrom().map(Object::toString).orElse("a moment that is not known yet")));
    hold.earliestExpiresAt()
        .ifPresent(
            moment ->
                lines.add(
                    "It does not stop records from expiring: the first that was seen does so at "
                        + moment));
    lines.add("To see which jobs wait for it: deletions holds " + hold.holdId());
    return lines;
  }
}
