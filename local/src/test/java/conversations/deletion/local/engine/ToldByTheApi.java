package conversations.deletion.local.engine;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.adapter.dynamodb.DynamoDbBotJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbJobConversations;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviews;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.handler.EndpointServices;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.FindPreviewHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.ListPreviewConversationsHandler;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the API tells of the platform's jobs and previews to a client app with some scopes. */
final class ToldByTheApi {

  private static final String JOBS = "DeletionJobsTable";

  private final Engine engine;
  private final DynamoDbClient dynamoDb;
  private final String scopes;

  /**
   * @param scopes those for the platform's bot
   */
  ToldByTheApi(Engine engine, String... scopes) {
    this.engine = engine;
    this.dynamoDb = engine.stack.dynamoDb();
    this.scopes = String.join("|", scopes);
  }

  JsonNode job(DeletionJob job) {
    return told(
        new FindDeletionJobHandler(new FindDeletionJob(jobs()), services()),
        Map.of("jobId", job.id().value()),
        Map.of());
  }

  /** The ids of the jobs that are listed as of this status. */
  List<String> jobsOfStatus(String status) {
    return told(
            new ListDeletionJobsHandler(
                new ListDeletionJobs(new DynamoDbBotJobs(dynamoDb, stack().table(JOBS))),
                services()),
            Map.of(),
            Map.of("status", List.of(status)))
        .findValuesAsText("jobId");
  }

  /** The entries of a job's conversations. */
  JsonNode conversations(DeletionJob job) {
    return told(
            new ListJobConversationsHandler(
                new ListJobConversations(
                    jobs(),
                    new DynamoDbJobConversations(
                        dynamoDb, stack().table("DeletionJobConversationsTable"))),
                services()),
            Map.of("jobId", job.id().value()),
            Map.of())
        .path("conversations");
  }

  /** The counts of a preview. */
  JsonNode result(Preview preview) {
    return told(
            new FindPreviewHandler(
                new FindPreview(previews()),
                new EstimateRates(BigDecimal.ONE, 0, OffPeakHours.parse("*")),
                services()),
            Map.of("previewId", preview.id().value()),
            Map.of())
        .path("result");
  }

  /** The entries of a preview's conversations. */
  JsonNode conversations(Preview preview) {
    return told(
            new ListPreviewConversationsHandler(
                new ListPreviewConversations(
                    previews(), new Previewer(engine).lists(), engine.time),
                services()),
            Map.of("previewId", preview.id().value()),
            Map.of())
        .path("conversations");
  }

  private Stack stack() {
    return engine.stack;
  }

  private DynamoDbDeletionJobs jobs() {
    return new DynamoDbDeletionJobs(dynamoDb, stack().table(JOBS));
  }

  private DynamoDbPreviews previews() {
    return new DynamoDbPreviews(dynamoDb, stack().table("DeletionPreviewsTable"));
  }

  private JsonNode told(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler,
      Map<String, String> path,
      Map<String, List<String>> query) {
    String bot = engine.platform.bot().value();
    ProxyRequestContext context = new ProxyRequestContext().withPath("/api/public/bot/" + bot);
    context.setAuthorizer(
        Map.of(
            "appId", Jobs.CLIENT_APP.value(),
            "grants", bot + "=" + scopes,
            "tokenGoodUntil", Long.toString(engine.time.instant().getEpochSecond() + 60)));
    Map<String, String> parameters = new HashMap<>(path);
    parameters.put("botId", bot);
    APIGatewayProxyResponseEvent answer =
        handler.handleRequest(
            new APIGatewayProxyRequestEvent()
                .withRequestContext(context)
                .withPathParameters(parameters)
                .withMultiValueQueryStringParameters(query),
            (Context)
                Proxy.newProxyInstance(
                    Context.class.getClassLoader(),
                    new Class<?>[] {Context.class},
                    (_, _, _) -> "invocation-1"));
    try {
      return new ObjectMapper().readTree(answer.getBody());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.getBody(), e);
    }
  }

  /** Services that accept every token and every request. */
  private EndpointServices services() {
    RequestHistories forgetful =
        new RequestHistories() {
          @Override
          public Versioned find(Budget budget) {
            return new Versioned(RequestHistory.NONE, 0);
          }

          @Override
          public boolean replace(Budget budget, Versioned seen, RequestHistory history) {
            return true;
          }
        };
    return new EndpointServices(
        new UseToken((_, _, _) -> true, engine.time),
        new LimitRequests(
            forgetful,
            new RateLimits(60, 1800),
            1,
            _ -> Duration.ZERO,
            new Clocks(engine.time, engine.time, engine.time),
            _ -> false,
            new Silence()),
        new Silence(),
        _ -> false);
  }
}
