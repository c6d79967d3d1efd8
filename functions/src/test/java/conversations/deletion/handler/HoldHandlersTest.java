package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.holds.EarliestExpiry;
import conversations.deletion.application.holds.FindHold;
import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.application.holds.PlaceHold;
import conversations.deletion.application.holds.ReleaseHold;
import conversations.deletion.application.port.WaitingJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.OnHold;
import conversations.deletion.simulation.Counted;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryHolds;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Placing, releasing, finding and listing holds, as a caller sees it. */
class HoldHandlersTest {

  private static final String BODY =
      "{\"conversationIds\":[\"c-1\",\"c-2\"],\"reason\":\"An inquiry\"}";
  private static final Instant NOON = Instant.parse("2026-05-08T12:00:00.000Z");

  private final MemoryHolds holds = new MemoryHolds();
  private final List<DeletionJob> jobs = new ArrayList<>();
  private final WaitingJobs waiting = _ -> jobs.stream();
  private final RecordedLog log = new RecordedLog();
  private final Clocks clocks = new Clocks(() -> NOON, () -> 0, _ -> {});
  private Optional<Instant> expiry = Optional.empty();

  private final HoldHandler handler =
      new HoldHandler(
          new PlaceHold(holds, clocks, log),
          new ReleaseHold(
              holds,
              waiting,
              new OffPeakWindow(OffPeakHours.parse("22-23"), ZoneOffset.UTC),
              clocks.wall(),
              log),
          new EarliestExpiry(
              new MemoryRecords(() -> NOON, Lags.NONE, 100), (_, _) -> expiry, clocks, log),
          Requests.services());
  private final FindHoldHandler findHandler =
      new FindHoldHandler(new FindHold(holds, waiting), new ListHolds(holds), Requests.services());

  private static APIGatewayProxyRequestEvent event(String method, String bot, String hold) {
    APIGatewayProxyRequestEvent event =
        request()
            .withHttpMethod(method)
            .withPathParameters(
                hold == null ? Map.of("botId", bot) : Map.of("botId", bot, "holdId", hold));
    event
        .getRequestContext()
        .setAuthorizer(grants("st-1=Hold Conversations;st-2=Hold Conversations"));
    return event;
  }

  private APIGatewayProxyResponseEvent put(String hold, String body) {
    return handler.handleRequest(event("PUT", "st-1", hold).withBody(body), context());
  }

  private APIGatewayProxyResponseEvent delete(String bot, String hold) {
    return handler.handleRequest(event("DELETE", bot, hold), context());
  }

  private APIGatewayProxyResponseEvent get(String bot, String hold) {
    return findHandler.handleRequest(event("GET", bot, hold), context());
  }

  private APIGatewayProxyResponseEvent list(String bot, Map<String, String> query) {
    return findHandler.handleRequest(
        event("GET", bot, null).withQueryStringParameters(query), context());
  }

  private static List<String> faults(APIGatewayProxyResponseEvent answer) {
    return ((List<?>) json(answer).get("errors"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .map(fault -> fault.get("field") + ": " + fault.get("code"))
            .toList();
  }

  @Test
  void placesAHoldAndSaysFromWhenOnItHolds() {
    expiry = Optional.of(Instant.parse("2026-06-01T00:00:00Z"));

    APIGatewayProxyResponseEvent answer = put("case-17", BODY);

    assertThat(answer.getStatusCode()).isEqualTo(201);
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"holdId\":\"case-17\",\"conversationIds\":[\"c-1\",\"c-2\"],"
                + "\"reason\":\"An inquiry\",\"confidential\":false,"
                + "\"placedAt\":\"2026-05-08T12:00:00.000Z\","
                + "\"heldFrom\":\"2026-05-08T12:00:30.000Z\","
                + "\"earliestExpiresAt\":\"2026-06-01T00:00:00.000Z\"}");
  }

  @Test
  void answersTheSameAgainWith200() {
    String first = put("case-17", BODY).getBody();

    APIGatewayProxyResponseEvent again = put("case-17", BODY);

    assertThat(again.getStatusCode()).isEqualTo(200);
    assertThat(again.getBody()).isEqualTo(first).doesNotContain("earliestExpiresAt");
  }

  @Test
  void refusesAnIdThatIsTaken() {
    put("case-17", BODY);

    APIGatewayProxyResponseEvent answer = put("case-17", "{\"cId\":\"u-1\",\"reason\":\"Other\"}");
    assertThat(answer.getStatusCode()).isEqualTo(409);
    assertThat(faults(answer)).containsExactly("holdId: hold_exists");

    delete("st-1", "case-17");
    answer = put("case-17", BODY);
    assertThat(answer.getStatusCode()).isEqualTo(409);
    assertThat(faults(answer)).containsExactly("holdId: hold_released");
  }

  @Test
  void namesABadIdWithAllOtherFaults() {
    for (String id : List.of("a/b", "a b", "a#b", "a".repeat(300))) {
      APIGatewayProxyResponseEvent answer = put(id, "{\"cId\":\"u-1\"}");

      assertThat(answer.getStatusCode()).isEqualTo(400);
      assertThat(faults(answer)).containsExactly("holdId: invalid_id", "reason: missing_reason");
      assertThat(answer.getBody()).doesNotContain(id);
      assertThat(get("st-1", id).getStatusCode()).isEqualTo(404);
      assertThat(delete("st-1", id).getStatusCode()).isEqualTo(404);
    }
  }

  @Test
  void releasesAHoldWithTheJobsThatWaitedForIt() {
    put("case-17", BODY);
    DeletionJob job = Jobs.queued(new BotId("st-1"), 1, NOON);
    jobs.add(
        job.with(
            job.state()
                .with(Counted.conversations(1).held(1).records(0))
                .waitingForHolds(NOON, new OnHold(NOON, true, Set.of(new HoldId("case-17"))))));

    APIGatewayProxyResponseEvent answer = delete("st-1", "case-17");

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(json(answer))
        .containsEntry("releasedAt", "2026-05-08T12:00:00.000Z")
        .containsEntry("holdsUntil", "2026-05-08T22:00:00.000Z")
        .containsEntry(
            "waitingJobs",
            List.of(Map.of("jobId", job.id().value(), "since", "2026-05-08T12:00:00.000Z")));
    assertThat(get("st-1", "case-17").getBody()).isEqualTo(answer.getBody());
  }

  @Test
  void aForeignHoldAnswersAsAnAbsentOne() {
    put("case-17", BODY);

    for (String hold : List.of("case-17", "case-18")) {
      assertThat(get("st-2", hold).getStatusCode()).isEqualTo(404);
      assertThat(delete("st-2", hold).getStatusCode()).isEqualTo(404);
    }
    assertThat(get("st-2", "case-17").getBody()).isEqualTo(get("st-2", "case-18").getBody());
    assertThat(get("st-1", "case-17").getStatusCode()).isEqualTo(200);
  }

  @Test
  void isForClientAppsWithTheScopeAlone() {
    APIGatewayProxyRequestEvent event = event("PUT", "st-1", "case-17").withBody(BODY);
    event.getRequestContext().setAuthorizer(grants("st-1=Delete Conversations|Logs History"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(findHandler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(holds.find(new BotId("st-1"), new HoldId("case-17"))).isEmpty();
  }

  @Test
  void listsTheBotsHoldsPageByPage() {
    List.of("a", "b", "c").forEach(id -> put(id, BODY));
    delete("st-1", "b");

    Map<String, Object> first = json(list("st-1", Map.of("limit", "2")));
    String token = (String) first.get("nextToken");
    Map<String, Object> last = json(list("st-1", Map.of("limit", "2", "nextToken", token)));

    assertThat(first.get("holds")).asString().contains("holdId=a", "holdId=b", "releasedAt");
    assertThat(last.get("holds")).asString().contains("holdId=c").doesNotContain("waitingJobs");
    assertThat(last).doesNotContainKey("nextToken");
    assertThat(list("st-2", Map.of()).getBody()).isEqualTo("{\"holds\":[]}");
  }

  @Test
  void refusesABadListing() {
    put("a", BODY);
    put("b", BODY);
    String token = (String) json(list("st-1", Map.of("limit", "1"))).get("nextToken");

    assertThat(faults(list("st-1", Map.of("limit", "51", "nextToken", "x", "state", "all"))))
        .containsExactlyInAnyOrder(
            "limit: invalid_number", "nextToken: invalid_token", "state: unknown_parameter");
    assertThat(faults(list("st-2", Map.of("nextToken", token))))
        .containsExactly("nextToken: invalid_token");
  }
}
