package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.testing.RecordedLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Makes requests as API Gateway passes them on, and reads answers. */
final class Requests {

  static final String BOT = "st-1";
  static final String REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";
  static final String INVOCATION_ID = "79104EXAMPLEB723";

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private Requests() {}

  /** A request of a client app that has both scopes for the bot. */
  static APIGatewayProxyRequestEvent request() {
    ProxyRequestContext context =
        new ProxyRequestContext()
            .withRequestId(REQUEST_ID)
            .withPath("/dev/api/public/bot/st-1/conversations/delete");
    context.setAuthorizer(grants("st-1=Delete Conversations|Logs History"));
    return new APIGatewayProxyRequestEvent()
        .withHeaders(Map.of("Content-Type", "application/json"))
        .withPathParameters(Map.of("botId", BOT))
        .withRequestContext(context);
  }

  static Map<String, Object> grants(String grants) {
    return Map.of(
        "appId", "app-1", "grants", grants, "tokenGoodUntil", "1000", "principalId", "app-1");
  }

  static EndpointServices services() {
    return services(new RecordedLog(), _ -> false);
  }

  /** Services that accept every token and every request. */
  static EndpointServices services(OperatorLog log, Outages outages) {
    return new EndpointServices(
        new UseToken((_, _, _) -> true, CLOCK),
        new LimitRequests(
            new ForgetfulHistories(),
            new RateLimits(60, 1800),
            1,
            _ -> Duration.ZERO,
            new Clocks(CLOCK, () -> 0, _ -> {}),
            outages,
            log),
        log,
        outages);
  }

  /** Histories that forget: each request is the first. */
  private static final class ForgetfulHistories implements RequestHistories {

    @Override
    public Versioned find(Budget budget) {
      return new Versioned(RequestHistory.NONE, 0);
    }

    @Override
    public boolean replace(Budget budget, Versioned seen, RequestHistory history) {
      return true;
    }
  }

  static APIGatewayProxyRequestEvent request(String body) {
    return request().withBody(body);
  }

  static Map<String, Object> json(APIGatewayProxyResponseEvent answer) {
    try {
      return JSON.std.mapFrom(answer.getBody());
    } catch (IOException e) {
      throw new AssertionError(answer.getBody(), e);
    }
  }

  /** The faults of a problem, each as {@code field: code}. */
  static List<String> faults(ProblemException exception) {
    return exception.problem().errors().stream()
        .map(fault -> fault.field() + ": " + fault.code())
        .toList();
  }

  static Context context() {
    return new FixedContext();
  }

  private static final class FixedContext implements Context {

    @Override
    public String getAwsRequestId() {
      return INVOCATION_ID;
    }

    @Override
    public String getLogGroupName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getLogStreamName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getFunctionName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getFunctionVersion() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getInvokedFunctionArn() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CognitoIdentity getIdentity() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getRemainingTimeInMillis() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getMemoryLimitInMB() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException();
    }
  }
}
