package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.INVOCATION_ID;
import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.AnnounceJob;
import conversations.deletion.application.jobs.FixTarget;
import conversations.deletion.application.jobs.LimitOpenJobs;
import conversations.deletion.application.jobs.RequirePreview;
import conversations.deletion.application.jobs.SubmissionSettings;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.StackKey;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitDeletionJobHandlerTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097999Z");
  private static final JobId JOB =
      JobId.of(new BotId("st-1"), new ClientAppId("app-1"), INVOCATION_ID);

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final List<JobRef> sent = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private int openJobs;

  private APIGatewayProxyResponseEvent submit(APIGatewayProxyRequestEvent event) {
    return submit(event, NOW);
  }

  private APIGatewayProxyResponseEvent submit(APIGatewayProxyRequestEvent event, Instant now) {
    return new SubmitDeletionJobHandler(
            new SubmitDeletionJob(
                jobs,
                new LimitOpenJobs((_, _) -> openJobs, 1000, 60, InstantSource.fixed(now), log),
                () -> new StackKey(new byte[32]),
                new FixTarget(
                    (_, _) -> Creation.UNKNOWN, (_, _) -> Optional.empty(), RequirePreview.NEVER),
                new AnnounceJob(sent::add, log, _ -> {}),
                new SubmissionSettings(
                    new OffPeakWindow(OffPeakHours.parse("18-23"), ZoneOffset.UTC),
                    Duration.ofMinutes(15),
                    Duration.ZERO)),
            InstantSource.fixed(now),
            Requests.services(log, _ -> false))
        .handleRequest(event, context());
  }

  @Test
  void tellsABotWithTooManyOpenJobsToComeBackAfterTheWindowHasOpened() {
    openJobs = 1000;

    APIGatewayProxyResponseEvent answer = submit(request("{\"conversationIds\":[\"a\"]}"));

    assertThat(answer.getStatusCode()).isEqualTo(429);
    assertThat(answer.getBody()).contains("\"code\":\"too_many_open_jobs\"");
    assertThat(answer.getHeaders()).containsEntry("Retry-After", "41824");
  }

  @Test
  void answersWhatTheContractSays() {
    APIGatewayProxyResponseEvent answer = submit(request("{\"conversationIds\":[\"a\"]}"));

    assertThat(answer.getStatusCode()).isEqualTo(202);
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"status\":\"queued\",\"jobId\":\""
                + JOB
                + "\",\"message\":\"Deletion job queued successfully. The bot owner will be"
                + " notified by email on completion.\","
                + "\"submittedAt\":\"2026-05-08T06:22:56.097Z\"}");
    assertThat(answer.getHeaders())
        .containsAllEntriesOf(
            Map.of(
                "Content-Type", "application/json; charset=UTF-8",
                "Cache-Control", "no-store",
                "Location", "/dev/api/public/bot/st-1/conversations/delete/" + JOB,
                "Retry-After", "41824"));
    assertThat(sent).containsExactly(new JobRef(new BotId("st-1"), JOB));
    assertThat(jobs.all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-08T17:58:00.001Z, 120",
    "2026-05-08T17:58:01Z, 119",
    "2026-05-08T17:59:30Z, 60",
    "2026-05-08T20:00:00Z, 60"
  })
  void hasCallersComeBackWhenTheWindowIsOpen(Instant now, String retryAfter) {
    assertThat(submit(request("{\"cId\":\"u-1\"}"), now).getHeaders())
        .containsEntry("Retry-After", retryAfter);
  }

  /** Only what stands before the API's own paths is the request's. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/dev/api/public/bot/st-1/conversations/delete, /dev",
    "/dev/api/public/bot/st-1/conversations/delete/, /dev",
    "/api/public/bot/st-1/conversations/delete, ''",
    "/api/public/bot/st-1/conversations/delete//, ''",
    "/api/public/bot/st%2D1/conversations/delete, ''",
    "//evil.example/api/public/bot/st-1/conversations/delete, /evil.example",
    "/erasure/v1/api/public/bot/st-1/conversations/delete, /erasure/v1",
    "/api/public/api/public/bot/st-1/conversations/delete, /api/public"
  })
  void makesTheLocationOfIds(String asked, String before) {
    APIGatewayProxyRequestEvent event = request("{\"conversationIds\":[\"a\"]}");
    event.getRequestContext().setPath(asked);

    assertThat(submit(event).getHeaders())
        .containsEntry("Location", before + "/api/public/bot/st-1/conversations/delete/" + JOB);
  }

  @Test
  void saysThatAnAnswerIsReplayed() {
    APIGatewayProxyRequestEvent event = request("{\"conversationIds\":[\"a\"]}");
    event.setMultiValueHeaders(Map.of("Idempotency-Key", List.of("key")));

    APIGatewayProxyResponseEvent first = submit(event);
    APIGatewayProxyResponseEvent second = submit(event, NOW.plusSeconds(7));

    assertThat(first.getHeaders()).doesNotContainKey("Idempotency-Replayed");
    assertThat(second.getHeaders()).containsEntry("Idempotency-Replayed", "true");
    assertThat(second.getHeaders()).containsAllEntriesOf(first.getHeaders());
    assertThat(second.getBody()).isEqualTo(first.getBody());
  }

  /** A caller that sends the same request id with two requests still makes two jobs. */
  @Test
  void doesNotTakeARequestForAnotherBecauseTheCallerSaysSo() {
    submit(request("{\"conversationIds\":[\"a\"]}"));

    assertThat(jobs.all().getFirst().job().id())
        .isNotEqualTo(JobId.of(new BotId("st-1"), new ClientAppId("app-1"), Requests.REQUEST_ID));
  }

  @Test
  void acceptsNothingOfAFaultyRequest() {
    APIGatewayProxyResponseEvent answer =
        submit(request("{\"cId\":\"u 1\",\"endDate\":\"2026-05-09\",\"force\":true}"));

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(json(answer).get("errors"))
        .isEqualTo(
            List.of(
                Map.of(
                    "field", "force",
                    "code", "unknown_field",
                    "message", "There is no such field."),
                Map.of(
                    "field", "cId",
                    "code", "invalid_id",
                    "message",
                        "1 to 128 printable ASCII characters other than space, '#' and '/' are"
                            + " expected."),
                Map.of(
                    "field", "endDate",
                    "code", "future_end_date",
                    "message", "The date must not be in the future (UTC).")));
    assertThat(jobs.all()).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void looksAtNoBodyOfAStranger() {
    assertThat(submit(request("{").withPathParameters(Map.of("botId", "st-2"))).getStatusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesTypesAndSizesByTheirOwnStatus() {
    assertThat(submit(request("{}").withHeaders(Map.of())).getStatusCode()).isEqualTo(415);
    assertThat(submit(request("x".repeat(300_000))).getStatusCode()).isEqualTo(413);
  }
}
