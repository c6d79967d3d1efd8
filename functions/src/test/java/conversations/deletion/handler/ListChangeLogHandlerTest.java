package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListChangeLogHandlerTest {

  private static final JobId JOB = new JobId("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c");

  private final List<ChangeLogEntry> entries = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final ListChangeLogHandler handler =
      new ListChangeLogHandler(
          new ListChangeLog(
              (bot, from, to, skip, limit) -> {
                asked.add(bot + " " + from + " " + to + " " + skip + " " + limit);
                return entries;
              }),
          Requests.services());

  private static ChangeLogEntry entry(Optional<ClientAppId> clientApp, String message) {
    return new ChangeLogEntry(
        "cl-1",
        new BotId("st-1"),
        ChangeLogEntry.Resource.of(JOB),
        clientApp,
        message,
        Instant.parse("2026-05-08T17:49:06.505Z"));
  }

  @Test
  void tellsWhoDidWhatToWhichJobAndWhen() {
    entries.add(entry(Optional.empty(), "Started."));
    entries.add(entry(Optional.of(new ClientAppId("app-1")), "Submitted."));

    APIGatewayProxyResponseEvent answer = handler.handleRequest(request(), context());

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo(
            """
            [{"_id":"cl-1","userId":{"_id":"system","type":"service"},"streamId":"st-1",\
            "resourceId":"cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c",\
            "resourceType":"conversationDeletionJob","message":"Started.",\
            "createdOn":"2026-05-08T17:49:06.505Z"},\
            {"_id":"cl-1","userId":{"_id":"app-1","type":"clientApp"},"streamId":"st-1",\
            "resourceId":"cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c",\
            "resourceType":"conversationDeletionJob","message":"Submitted.",\
            "createdOn":"2026-05-08T17:49:06.505Z"}]""");
  }

  @Test
  void mayBeEmpty() {
    assertThat(handler.handleRequest(request(), context()).getBody()).isEqualTo("[]");
  }

  @Test
  void asksForThePageThatIsWanted() {
    handler.handleRequest(
        request()
            .withMultiValueQueryStringParameters(
                Map.of(
                    "offset", List.of("2"),
                    "limit", List.of("10"),
                    "startDate", List.of("2026-05-04"),
                    "endDate", List.of("2026-05-05"))),
        context());

    assertThat(asked).containsExactly("st-1 2026-05-04T00:00:00Z 2026-05-05T23:59:59.999Z 20 10");
  }

  @Test
  void refusesAFaultyQuery() {
    assertThat(
            handler
                .handleRequest(
                    request().withMultiValueQueryStringParameters(Map.of("x", List.of("1"))),
                    context())
                .getStatusCode())
        .isEqualTo(400);
    assertThat(asked).isEmpty();
  }

  @Test
  void needsTheScopeForTheChangeLog() {
    APIGatewayProxyRequestEvent event = request();
    event.getRequestContext().setAuthorizer(grants("st-1=Delete Conversations"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }
}
