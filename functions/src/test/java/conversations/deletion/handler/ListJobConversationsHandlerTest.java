package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static conversations.deletion.handler.Requests.services;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.port.JobConversations.ConversationPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Plan;
import conversations.deletion.domain.Reason;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListJobConversationsHandlerTest {

  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, Instant.EPOCH);
  private static final ConversationPosition NEXT = new ConversationPosition(2, 50);

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final List<ConversationPosition> asked = new ArrayList<>();
  private Optional<ConversationPosition> next = Optional.empty();
  private final ListJobConversationsHandler handler =
      new ListJobConversationsHandler(
          new ListJobConversations(
              jobs,
              (_, from, _) -> {
                asked.add(from);
                return new ConversationPage(
                    List.of(
                        conversation("c-1", Outcome.DELETED, Optional.empty(), 12),
                        conversation("c-2", Outcome.FAILED, Optional.of(Reason.THROTTLED), 3)),
                    next);
              }),
          services());

  ListJobConversationsHandlerTest() {
    jobs.add(JOB);
  }

  private static JobConversation conversation(
      String id, Outcome outcome, Optional<Reason> reason, long records) {
    return new JobConversation(
        new ConversationId(id),
        outcome,
        reason,
        outcome == Outcome.DELETED ? new Plan(2, Fingerprints.NONE, Optional.empty()) : Plan.NONE,
        new Plan(records, Fingerprints.NONE, Optional.empty()),
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static APIGatewayProxyRequestEvent requestFor(String job) {
    return request().withPathParameters(Map.of("botId", "st-1", "jobId", job));
  }

  private APIGatewayProxyResponseEvent list(String job, Map<String, List<String>> parameters) {
    return handler.handleRequest(
        requestFor(job).withMultiValueQueryStringParameters(parameters), context());
  }

  @Test
  void tellsWhatBecameOfEachConversationAndItsAttachments() {
    APIGatewayProxyResponseEvent answer = list(JOB.id().value(), null);

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo(
            """
            {"conversations":[\
            {"conversationId":"c-1","outcome":"deleted","recordsDeleted":12,"attachmentsDeleted":2},\
            {"conversationId":"c-2","outcome":"failed","recordsDeleted":3,"attachmentsDeleted":0,\
            "reason":"throttled"}]}\
            """);
    assertThat(asked).containsExactly(ConversationPosition.START);
  }

  @Test
  void goesOnWhereThePageBeforeEnded() {
    next = Optional.of(NEXT);
    String token = (String) json(list(JOB.id().value(), null)).get("nextToken");

    list(JOB.id().value(), Map.of("nextToken", List.of(token)));

    assertThat(asked).containsExactly(ConversationPosition.START, NEXT);
  }

  /** The answers are equal byte for byte, and equal to that of the look-up of one job. */
  @Test
  void answersAForeignJobAsAnAbsentOneAndAsNone() {
    DeletionJob foreign = Jobs.queued(new BotId("st-2"), 1, Instant.EPOCH);
    jobs.add(foreign);
    APIGatewayProxyResponseEvent absent =
        new FindDeletionJobHandler(new FindDeletionJob(jobs), services())
            .handleRequest(requestFor("cdj-00000000-0000-5000-8000-000000000000"), context());

    assertThat(absent.getStatusCode()).isEqualTo(404);
    assertThat(list("cdj-00000000-0000-5000-8000-000000000000", null)).isEqualTo(absent);
    assertThat(list(foreign.id().value(), null)).isEqualTo(absent);
    assertThat(list("cdj-1", null)).isEqualTo(absent);
    assertThat(asked).isEmpty();
  }

  /** The faults must not tell whether the job exists. */
  @Test
  void refusesAFaultyQueryWhoseverTheJobIs() {
    Map<String, List<String>> faulty = Map.of("limit", List.of("101"));
    APIGatewayProxyResponseEvent refused = list(JOB.id().value(), faulty);

    assertThat(refused.getStatusCode()).isEqualTo(400);
    assertThat(list("cdj-00000000-0000-5000-8000-000000000000", faulty)).isEqualTo(refused);
  }

  @Test
  void needsTheScopeForDeletions() {
    APIGatewayProxyRequestEvent event = requestFor(JOB.id().value());
    event.getRequestContext().setAuthorizer(grants("st-1=Logs History"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  /** To all others, what is held in confidence looks as if nobody had come to it yet. */
  @Test
  void tellsWhatIsHeldInConfidenceOnlyToThoseWhoMaySeeHolds() {
    ListJobConversationsHandler held =
        new ListJobConversationsHandler(
            new ListJobConversations(
                jobs,
                (_, _, _) ->
                    new ConversationPage(
                        Stream.of(Reason.HELD, Reason.USER_UNKNOWN, Reason.HELD_IN_CONFIDENCE)
                            .map(why -> conversation("c", Outcome.PENDING, Optional.of(why), 0))
                            .toList(),
                        Optional.empty())),
            services());
    APIGatewayProxyRequestEvent event = requestFor(JOB.id().value());

    assertThat(reasons(held.handleRequest(event, context())))
        .containsExactly("held", "user_unknown", null);
    event.getRequestContext().setAuthorizer(grants("st-1=Delete Conversations|Hold Conversations"));
    assertThat(reasons(held.handleRequest(event, context())))
        .containsExactly("held", "user_unknown", "held");
  }

  private static List<Object> reasons(APIGatewayProxyResponseEvent answer) {
    List<Object> reasons = new ArrayList<>();
    for (Object one : (List<?>) json(answer).get("conversations")) {
      reasons.add(((Map<?, ?>) one).get("reason"));
    }
    return reasons;
  }
}
