package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.request;
import static conversations.deletion.handler.Requests.services;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CancelDeletionJobHandlerTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant NOW = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final DeletionJob WAITING = Jobs.queued(BOT, 1, NOW);
  private static final DeletionJob BEGUN = WAITING.with(WAITING.state().pickedUp(NOW));

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final List<JobState> ended = new ArrayList<>();
  private final List<CancelRequest> requested = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final CancelDeletionJobHandler handler =
      new CancelDeletionJobHandler(
          new CancelDeletionJob(
              jobs,
              new JobCancellations() {
                @Override
                public boolean end(DeletionJob job, JobState state, ChangeLogEntry entry) {
                  return ended.add(state);
                }

                @Override
                public boolean request(JobRef job, CancelRequest request) {
                  return requested.add(request);
                }
              },
              () -> NOW,
              log,
              metrics),
          services());

  private static APIGatewayProxyRequestEvent requestFor(String job) {
    return request().withPathParameters(Map.of("botId", "st-1", "jobId", job));
  }

  private APIGatewayProxyResponseEvent cancel(String job) {
    return handler.handleRequest(requestFor(job), context());
  }

  @Test
  void cancelsAWaitingJobAtOnce() {
    jobs.add(WAITING);

    APIGatewayProxyResponseEvent answer = cancel(WAITING.id().value());

    assertThat(answer.getStatusCode()).isEqualTo(202);
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"jobId\":\"%s\",\"status\":\"cancelled\",\"message\":\"Deletion job cancelled.\"}"
                .formatted(WAITING.id()));
    assertThat(ended)
        .singleElement()
        .satisfies(
            state ->
                assertThat(state.cancelRequest())
                    .contains(new CancelRequest(NOW, new ClientAppId("app-1"))));
  }

  @Test
  void hasWhatWasBegunFinishedFirst() {
    jobs.add(BEGUN);

    APIGatewayProxyResponseEvent answer = cancel(BEGUN.id().value());

    assertThat(answer.getStatusCode()).isEqualTo(202);
    assertThat(answer.getBody())
        .isEqualTo(
            """
            {"jobId":"%s","status":"in_progress","message":"Cancellation requested. \
            The job first finishes the conversations that it has begun."}\
            """
                .formatted(BEGUN.id()));
    assertThat(ended).isEmpty();
    assertThat(requested).hasSize(1);
  }

  @Test
  void tellsOperatorsWhichJobsAreCancelledAndByWhom() {
    DeletionJob other = Jobs.queued(BOT, 2, NOW);
    DeletionJob begun = other.with(other.state().pickedUp(NOW));
    jobs.add(WAITING);
    jobs.add(begun);

    cancel(WAITING.id().value());
    cancel(begun.id().value());

    Map<String, String> by = Map.of("appId", "app-1");
    assertThat(log.lines())
        .containsExactly(
            infoLine("job_cancelled", OperatorLog.of(WAITING.ref(), by)),
            infoLine("job_cancel_requested", OperatorLog.of(begun.ref(), by)));
    assertThat(metrics.reports()).containsExactly(Map.of(Metric.JOBS_CANCELLED, 1L));
  }

  private static RecordedLog.Line infoLine(String event, Map<String, ?> fields) {
    return new RecordedLog.Line("info", event, fields, Optional.empty());
  }

  @Test
  void refusesAJobThatHasEndedHowever() {
    for (JobStatus end : List.of(JobStatus.COMPLETED, JobStatus.CANCELLED)) {
      DeletionJob job = Jobs.ended(Jobs.queued(BOT, 10 + end.ordinal(), NOW), end);
      jobs.add(job);

      APIGatewayProxyResponseEvent answer = cancel(job.id().value());

      assertThat(answer.getStatusCode()).isEqualTo(409);
      assertThat(answer.getHeaders()).containsEntry("Content-Type", "application/problem+json");
      assertThat(answer.getBody())
          .isEqualTo(
              """
              {"type":"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.10","title":"Conflict","status":409,\
              "detail":"The job has ended.","instance":"%s",\
              "errors":[{"field":"jobId","code":"job_has_ended",\
              "message":"A job that has ended cannot be cancelled."}]}\
              """
                  .formatted(Requests.REQUEST_ID));
    }
    assertThat(ended).isEmpty();
    assertThat(requested).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  /** The answers are equal byte for byte, and equal to that of the look-up of one job. */
  @Test
  void answersAForeignJobAsAnAbsentOneAndAsNone() {
    DeletionJob foreign = Jobs.queued(new BotId("st-2"), 1, NOW);
    jobs.add(foreign);
    APIGatewayProxyResponseEvent absent =
        new FindDeletionJobHandler(new FindDeletionJob(jobs), services())
            .handleRequest(requestFor(WAITING.id().value()), context());

    assertThat(absent.getStatusCode()).isEqualTo(404);
    assertThat(cancel(WAITING.id().value())).isEqualTo(absent);
    assertThat(cancel(foreign.id().value())).isEqualTo(absent);
    assertThat(cancel("cdj-1")).isEqualTo(absent);
    assertThat(ended).isEmpty();
    assertThat(requested).isEmpty();
  }

  @Test
  void ignoresABody() {
    jobs.add(WAITING);

    assertThat(
            handler
                .handleRequest(requestFor(WAITING.id().value()).withBody("{"), context())
                .getStatusCode())
        .isEqualTo(202);
  }

  @Test
  void needsTheScopeForDeletions() {
    jobs.add(WAITING);
    APIGatewayProxyRequestEvent event = requestFor(WAITING.id().value());
    event.getRequestContext().setAuthorizer(grants("st-1=Logs History"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(ended).isEmpty();
  }
}
