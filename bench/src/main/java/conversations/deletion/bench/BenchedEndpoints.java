package conversations.deletion.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbRequestHistories;
import conversations.deletion.adapter.dynamodb.DynamoDbSpentTokens;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.handler.EndpointServices;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.FindPreviewHandler;
import conversations.deletion.handler.ListPreviewConversationsHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import conversations.deletion.handler.SubmitPreviewHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The deployed functions that accept jobs and previews and look them up, on the stub. */
final class BenchedEndpoints {

  private static final String PATH = "/dev/api/public/bot/" + SampleUser.BOT_ID + "/conversations/";
  private static final String JOBS = PATH + "delete";
  private static final String PREVIEWS = PATH + "deletion-previews";

  private static final EstimateRates RATES =
      new EstimateRates(new BigDecimal("0.625"), 0, OffPeakHours.parse("*"));

  private final SubmitDeletionJobHandler submit;
  private final FindDeletionJobHandler find;
  private final SubmitPreviewHandler submitPreview;
  private final FindPreviewHandler findPreview;
  private final ListPreviewConversationsHandler listPreview;

  BenchedEndpoints(BenchedEngine engine, BenchedPreviews previews) {
    InstantSource clock = engine::now;
    OperatorLog log = BenchedEngine.silentLog();
    EndpointServices services =
        new EndpointServices(
            new UseToken(
                new DynamoDbSpentTokens(engine.clients().dynamoDb(), Tables.SPENT_TOKENS), clock),
            new LimitRequests(
                new DynamoDbRequestHistories(
                    engine.clients().dynamoDb(), Tables.RATE_LIMITS, Duration.ofSeconds(2), clock),
                new RateLimits(60, 1_800),
                40,
                _ -> Duration.ZERO,
                new Clocks(clock, System::nanoTime, Thread::sleep),
                new AwsOutages(),
                log),
            log,
            new AwsOutages());
    this.submit = new SubmitDeletionJobHandler(engine.submission(), clock, services);
    this.find =
        new FindDeletionJobHandler(
            new FindDeletionJob(new DynamoDbDeletionJobs(engine.clients().dynamoDb(), Tables.JOBS)),
            services);
    this.submitPreview = new SubmitPreviewHandler(previews.submission(), clock, services);
    this.findPreview = new FindPreviewHandler(previews.finder(), RATES, services);
    this.listPreview = new ListPreviewConversationsHandler(previews.list(), services);
  }

  /** Submits a job and returns its id. */
  String submit(String body) {
    return (String)
        require(202, submit.handleRequest(request(JOBS).withBody(body), context())).get("jobId");
  }

  void find(String job) {
    require(200, find.handleRequest(request(JOBS, "jobId", job), context()));
  }

  /** Submits a preview and returns its id. */
  String submitPreview(String body) {
    APIGatewayProxyRequestEvent request = request(PREVIEWS).withBody(body);
    return (String) require(202, submitPreview.handleRequest(request, context())).get("previewId");
  }

  void findPreview(String preview) {
    require(200, findPreview.handleRequest(request(PREVIEWS, "previewId", preview), context()));
  }

  void listPreview(String preview) {
    require(200, listPreview.handleRequest(request(PREVIEWS, "previewId", preview), context()));
  }

  private static APIGatewayProxyRequestEvent request(String path, String parameter, String id) {
    APIGatewayProxyRequestEvent request = request(path);
    Map<String, String> parameters = new HashMap<>(request.getPathParameters());
    parameters.put(parameter, id);
    return request.withPathParameters(parameters);
  }

  /** A request with a token that is good once. */
  private static APIGatewayProxyRequestEvent request(String path) {
    ProxyRequestContext context =
        new ProxyRequestContext().withRequestId(UUID.randomUUID().toString()).withPath(path);
    context.setAuthorizer(
        Map.of(
            "appId", "bench",
            "grants", SampleUser.BOT_ID + "=Delete Conversations",
            "tokenGoodUntil", "4102444800",
            "jtiDigest", UUID.randomUUID().toString().replace("-", "").repeat(2),
            "principalId", "bench"));
    return new APIGatewayProxyRequestEvent()
        .withHeaders(Map.of("Content-Type", "application/json"))
        .withPathParameters(Map.of("botId", SampleUser.BOT_ID))
        .withRequestContext(context);
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) ->
                method.getName().equals("getAwsRequestId") ? UUID.randomUUID().toString() : null);
  }

  private static Map<String, Object> require(int status, APIGatewayProxyResponseEvent answer) {
    if (answer.getStatusCode() != status) {
      throw new IllegalStateException(answer.getStatusCode() + ": " + answer.getBody());
    }
    try {
      return JSON.std.mapFrom(answer.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
