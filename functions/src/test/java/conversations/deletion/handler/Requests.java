package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Requests as API Gateway hands them on, and what is made of the answers. */
final class Requests {

  static final String BOT = "st-1";
  static final String REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";
  static final String INVOCATION_ID = "79104EXAMPLEB723";

  private Requests() {}

  /** A request of a client app with both scopes for the bot. */
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
    return Map.of("appId", "app-1", "grants", grants, "principalId", "app-1");
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
