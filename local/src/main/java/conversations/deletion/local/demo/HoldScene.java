package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.invoke.InvocationResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Holds a conversation that a job is to delete, shows the job waiting, and releases the hold. */
final class HoldScene {

  /** In this time the release has to be answered. The functions start anew in it. */
  private static final Duration UNTIL_THE_NEXT_WINDOW = Duration.ofSeconds(20);

  private static final int HALF_A_DAY = 12 * 60 * 60;

  private final Api api;
  private final Screen screen;
  private final Checks checks;
  private final String path;
  private final Part held;

  /** Takes the path of the bot's holds. */
  HoldScene(Api api, Screen screen, Checks checks, String holds, Part held) {
    this.api = api;
    this.screen = screen;
    this.checks = checks;
    this.path = holds + "/case-17";
    this.held = held;
  }

  /** Places the hold. A run that begins later knows it, before {@code heldFrom} too. */
  void place() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putArray("conversationIds").add(held.conversationId());
    Reply reply = api.put(path, request.put("reason", "An inquiry of the regulator"));
    checks.same("hold, answer", 201, reply.status());
    checks.that(
        "hold, heldFrom lies ahead", Instant.parse(reply.text("heldFrom")).isAfter(Instant.now()));
  }

  /** Shows that the job has done all but what is held. */
  void showWaiting(ExpectedJob job, String jobPath, Stock before, Stock now) {
    Reply state = api.get(jobPath);
    JsonNode result = state.body().path("result");
    checks.same(job.name() + ", held, status", "on_hold", state.text("status"));
    checks.same(job.name() + ", heldCount", 1, result.path("heldCount").asInt(-1));
    checks.same(
        job.name() + ", conversations dealt with",
        job.deleted().size() + job.skipped() - 1,
        result.path("processedCount").asInt(-1));
    List<Part> rest = job.deleted().stream().filter(part -> part != held).toList();
    checks.same(
        "records of the conversation that is held",
        before.records(List.of(held)),
        now.records(List.of(held)));
    checks.same(
        "things of the conversation that is held",
        before.things(List.of(held)),
        now.things(List.of(held)));
    checks.same(
        "records of the others that " + job.name() + " names",
        before.retained(rest),
        now.records(rest));
  }

  /**
   * Releases the hold, has the owner told of the wait, and waits for the next window. That would
   * open at midnight, so the window is moved first, as an operator can.
   */
  void release(LocalAws aws, String jobId) throws InterruptedException {
    Instant opening = Instant.now().plus(UNTIL_THE_NEXT_WINDOW).truncatedTo(ChronoUnit.SECONDS);
    aws.moveWindow(whereADayBegins(opening));
    screen.line("The next window would open at midnight. So that nobody has to wait for it, the");
    screen.line("stack's time zone (OffPeakTimezone) is changed to one where a day begins soon.");
    screen.line("");
    Reply reply = api.delete(path);
    checks.same("release, answer", 200, reply.status());
    checks.same("release, holdsUntil", opening, Instant.parse(reply.text("holdsUntil")));
    checks.same(
        "release, the job that waits", jobId, reply.body().at("/waitingJobs/0/jobId").asText());
    checks.that(
        "housekeeping ends without an error", aws.keepHouse() instanceof InvocationResult.Success);
    Duration left = Duration.between(Instant.now(), opening).plusSeconds(1);
    if (left.isPositive()) {
      screen.line("The next window opens in %d s.".formatted(left.toSeconds()));
      Thread.sleep(left);
    }
  }

  /** A time zone where it is midnight at this moment. */
  private static ZoneOffset whereADayBegins(Instant moment) {
    int second = moment.atOffset(ZoneOffset.UTC).get(ChronoField.SECOND_OF_DAY);
    return ZoneOffset.ofTotalSeconds(second > HALF_A_DAY ? 2 * HALF_A_DAY - second : -second);
  }
}
