package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static conversations.deletion.handler.Requests.services;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListDeletionJobsHandlerTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant NOW = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final DeletionJob OLDER = Jobs.queued(BOT, 1, NOW.minusSeconds(1));
  private static final DeletionJob NEWER = Jobs.ended(Jobs.queued(BOT, 2, NOW), JobStatus.FAILED);

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final ListDeletionJobsHandler handler =
      new ListDeletionJobsHandler(new ListDeletionJobs(jobs), services());

  private APIGatewayProxyResponseEvent list(Map<String, List<String>> parameters) {
    return handler.handleRequest(
        request().withMultiValueQueryStringParameters(parameters), context());
  }

  @Test
  void answersWithJobsAsTheLookUpOfOneTellsThem() {
    jobs.add(OLDER);
    jobs.add(NEWER);
    jobs.add(Jobs.queued(new BotId("st-2"), 3, NOW));

    APIGatewayProxyResponseEvent answer = list(null);

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(json(answer)).isEqualTo(Map.of("jobs", List.of(document(NEWER), document(OLDER))));
  }

  /** The job as JSON that is read back, as numbers come back in another type. */
  private static Map<String, Object> document(DeletionJob job) {
    return json(Answer.json(200, Map.of(), JobDocument.of(job, false)).toEvent());
  }

  @Test
  void mayBeEmpty() {
    assertThat(list(null).getBody()).isEqualTo("{\"jobs\":[]}");
  }

  @Test
  void hasATokenWhereMoreFollows() {
    jobs.add(OLDER);
    jobs.add(NEWER);

    Map<String, Object> first = json(list(Map.of("limit", List.of("1"))));
    String token = (String) first.get("nextToken");
    Map<String, Object> second =
        json(list(Map.of("limit", List.of("1"), "nextToken", List.of(token))));

    assertThat(first).containsEntry("jobs", List.of(document(NEWER)));
    assertThat(second).isEqualTo(Map.of("jobs", List.of(document(OLDER))));
  }

  @Test
  void keepsToTheFilters() {
    jobs.add(OLDER);
    jobs.add(NEWER);

    assertThat(json(list(Map.of("status", List.of("queued")))))
        .isEqualTo(Map.of("jobs", List.of(document(OLDER))));
    assertThat(json(list(Map.of("from", List.of("2026-05-08T17:49:06.505Z")))))
        .isEqualTo(Map.of("jobs", List.of(document(NEWER))));
  }

  @Test
  void refusesAFaultyQuery() {
    assertThat(list(Map.of("x", List.of("1"))).getStatusCode()).isEqualTo(400);
    assertThat(jobs.pagesRead()).isZero();
  }

  @Test
  void needsTheScopeForDeletions() {
    APIGatewayProxyRequestEvent event = request();
    event.getRequestContext().setAuthorizer(grants("st-1=Logs History"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(jobs.pagesRead()).isZero();
  }
}
