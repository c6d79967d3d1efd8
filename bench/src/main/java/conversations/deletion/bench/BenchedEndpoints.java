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
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.Tables;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.handler.EndpointServices;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The deployed functions that accept jobs and look them up, on the stub. */
final class BenchedEndpoints {

  private static final String PATH =
      "/dev/api/public/bot/" + SampleUser.BOT_ID + "/conversations/delete";

  private final SubmitDeletionJobHandler submit;
  private final FindDeletionJobHandler find;

  BenchedEndpoints(BenchedEngine engine) {
    InstantSource clock = InstantSource.system();
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
  }

  /** Submits a job and returns its id. */
  String submit(String body) {
    return (String)
        require(202, submit.handleRequest(request().withBody(body), context())).get("jobId");
  }

  void find(String job) {
    APIGatewayProxyRequestEvent request = request();
    Map<String, String> path = new HashMap<>(request.getPathParameters());
    path.put("jobId", job);
    require(200, find.handleRequest(request.withPathParameters(path), context()));
  }

  /** A request with a token that is good once. */
  private static APIGatewayProxyRequestEvent request() {
    ProxyRequestContext context =
        new ProxyRequestContext().withRequestId(UUID.randomUUID().toString()).withPath(PATH);
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
