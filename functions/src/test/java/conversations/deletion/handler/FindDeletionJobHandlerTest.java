package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import conversations.deletion.testing.InMemoryJobs;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindDeletionJobHandlerTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final JobId JOB = new JobId("cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c");
  private static final Instant SUBMITTED = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final JobState QUEUED =
      JobState.submitted(Instant.parse("2026-05-08T18:00:00Z"), 0);
  private static final JobState ENDED =
      QUEUED
          .pickedUp(Instant.parse("2026-05-08T18:00:00.185Z"))
          .with(Counted.conversations(3).deleted(3).records(89))
          .ended(JobStatus.COMPLETED, Instant.parse("2026-05-08T20:01:12.618Z"));

  private Terms terms = Terms.NONE;
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final FindDeletionJobHandler handler =
      new FindDeletionJobHandler(new FindDeletionJob(jobs), Requests.services());

  private void add(BotId bot, JobState state) {
    jobs.add(
        new DeletionJob(
            bot,
            JOB,
            APP,
            new ChannelUserConversations(
                new ChannelUserId("u-canary"), new DateRange(Instant.EPOCH, SUBMITTED)),
            SUBMITTED,
            state,
            Optional.empty(),
            terms));
  }

  private APIGatewayProxyResponseEvent find(String job) {
    return handler.handleRequest(requestFor("st-1", job), context());
  }

  private static APIGatewayProxyRequestEvent requestFor(String bot, String job) {
    return request().withPathParameters(Map.of("botId", bot, "jobId", job));
  }

  @Test
  void tellsAWaitingJobWithoutWhatHasNotHappened() {
    add(BOT, QUEUED);

    APIGatewayProxyResponseEvent answer = find(JOB.value());

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo(
            """
            {"jobId":"cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c","status":"queued",\
            "requestType":"cId","submittedAt":"2026-05-08T17:49:06.505Z",\
            "scheduledAt":"2026-05-08T18:00:00.000Z",\
            "startDate":"1970-01-01T00:00:00.000Z","endDate":"2026-05-08T17:49:06.505Z",\
            "result":{"totalConversations":0,"processedCount":0,"deletedCount":0,\
            "deletedConversations":0,"deletedAttachments":0,"retainedCount":0,\
            "heldCount":0,"failedCount":0,"skippedCount":0,"retriesRemaining":3}}\
            """);
  }

  @Test
  void tellsTheReferenceOfAJobThatHasOne() {
    terms = Terms.of(Optional.of(new Reference("REQ-4711 \"Büro\"")));
    add(BOT, QUEUED);

    assertThat(find(JOB.value()).getBody())
        .contains("\"requestType\":\"cId\",\"reference\":\"REQ-4711 \\\"Büro\\\"\",");
  }

  @Test
  void tellsTheMomentBeforeWhichAJobDeletesNothing() {
    terms = new Terms(Optional.empty(), Optional.of(Instant.parse("2026-05-11T00:00:00Z")));
    add(BOT, QUEUED);

    assertThat(find(JOB.value()).getBody())
        .contains("\"notBefore\":\"2026-05-11T00:00:00.000Z\",\"scheduledAt\"");
  }

  @Test
  void tellsAnEndedJobWithItsNotification() {
    add(
        BOT,
        ENDED.with(OwnerNotification.pending().sent(Instant.parse("2026-05-08T20:01:13.100Z"))));

    assertThat(find(JOB.value()).getBody())
        .isEqualTo(
            """
            {"jobId":"cdj-2e5c62ad-df3a-542b-a59e-c72768ba1b2c","status":"completed",\
            "requestType":"cId","submittedAt":"2026-05-08T17:49:06.505Z",\
            "scheduledAt":"2026-05-08T18:00:00.185Z","startedAt":"2026-05-08T18:00:00.185Z",\
            "completedAt":"2026-05-08T20:01:12.618Z",\
            "startDate":"1970-01-01T00:00:00.000Z","endDate":"2026-05-08T17:49:06.505Z",\
            "result":{"totalConversations":3,"processedCount":3,"deletedCount":89,\
            "deletedConversations":3,"deletedAttachments":0,"retainedCount":0,\
            "heldCount":0,"failedCount":0,"skippedCount":0,"retriesRemaining":3},\
            "notification":{"status":"sent","sentAt":"2026-05-08T20:01:13.100Z"}}\
            """);
  }

  @Test
  void tellsWhyTheOwnerWasNotTold() {
    add(BOT, ENDED.with(OwnerNotification.pending().givenUp("address_refused")));

    assertThat(find(JOB.value()).getBody())
        .endsWith(
            "\"notification\":{\"status\":\"undeliverable\",\"reason\":\"address_refused\"}}");
  }

  @Test
  void tellsHowManyConversationsLieBeforeAStartThatNobodyNamed() {
    add(BOT, ENDED.withBeforeStart(2));

    assertThat(find(JOB.value()).getBody())
        .contains("\"skippedCount\":0,\"beforeStartCount\":2,\"retriesRemaining\":3}");
  }

  @Test
  void tellsAttachmentsAndRetainedRecords() {
    add(
        BOT,
        ENDED.with(Counted.conversations(3).deleted(3).attachments(24).retained(12).records(89)));

    assertThat(find(JOB.value()).getBody())
        .contains("\"deletedCount\":89,\"deletedConversations\":3,")
        .contains("\"deletedAttachments\":24,\"retainedCount\":12,");
  }

  @Test
  void tellsNoChannelUser() {
    add(BOT, ENDED);

    assertThat(find(JOB.value()).getBody()).doesNotContain("canary");
  }

  /** The answers are equal byte for byte: nothing tells a foreign job from an absent one. */
  @Test
  void answersAForeignJobAsAnAbsentOneAndAsNone() {
    add(new BotId("st-2"), QUEUED);
    APIGatewayProxyResponseEvent absent = find("cdj-00000000-0000-5000-8000-000000000000");

    assertThat(absent.getStatusCode()).isEqualTo(404);
    assertThat(find(JOB.value())).isEqualTo(absent);
    assertThat(find("cdj-1")).isEqualTo(absent);
    assertThat(find("<script>")).isEqualTo(absent);
    assertThat(
            handler.handleRequest(request().withPathParameters(Map.of("botId", "st-1")), context()))
        .isEqualTo(absent);
  }

  @Test
  void needsTheScopeForDeletions() {
    APIGatewayProxyRequestEvent event = requestFor("st-1", JOB.value());
    event.getRequestContext().setAuthorizer(grants("st-1=Logs History"));

    assertThat(handler.handleRequest(event, context()).getStatusCode()).isEqualTo(403);
  }

  @Test
  void countsWhatIsHeldInConfidenceOnlyForThoseWhoMaySeeHolds() {
    add(BOT, QUEUED.with(Counted.conversations(9).held(2).heldInConfidence(3).records(0)));
    APIGatewayProxyRequestEvent event = requestFor("st-1", JOB.value());
    event.getRequestContext().setAuthorizer(grants("st-1=Delete Conversations|Hold Conversations"));

    assertThat(find(JOB.value()).getBody()).contains("\"heldCount\":2,");
    assertThat(handler.handleRequest(event, context()).getBody()).contains("\"heldCount\":5,");
  }
}
