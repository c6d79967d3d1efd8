package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.AuthenticateClientApp.Authenticated;
import conversations.deletion.application.access.AuthenticateClientApp.Authentication;
import conversations.deletion.application.access.AuthenticateClientApp.Refused;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.VerifiedToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * API Gateway's authorizer: tells which client app calls, and what it may do.
 *
 * <p>API Gateway caches the answer by the token alone, whichever endpoint the request is for. So
 * the policy lets the client app reach the whole stage of this API. The handler that serves a
 * request decides, by the grants in the context, what the client app may do.
 *
 * <p>A token that is refused gets a policy that denies the whole stage, for which the template has
 * API Gateway answer 401. API Gateway caches that too, so the same token costs one look in some
 * minutes. To throw "Unauthorized" would count as a failure of the function, with a line of
 * Lambda's own at ERROR, whenever a stranger sends anything.
 */
public final class AuthorizerHandler
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

  /** The principal of a token that is refused. It proves nothing, so it has no name. */
  private static final String NOBODY = "-";

  private final AuthenticateClientApp authenticateClientApp;
  private final OperatorLog log;
  private final Metrics metrics;

  public AuthorizerHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public AuthorizerHandler(Wiring wiring) {
    this(wiring.authenticateClientApp(), wiring.operatorLog(), wiring.metrics());
  }

  public AuthorizerHandler(
      AuthenticateClientApp authenticateClientApp, OperatorLog log, Metrics metrics) {
    this.authenticateClientApp = authenticateClientApp;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    log.begin(Map.of("requestId", context.getAwsRequestId()));
    return switch (authenticate(event.getAuthorizationToken())) {
      case Authenticated(ClientApp clientApp, VerifiedToken token, List<String> faults) -> {
        warn(clientApp.id(), faults);
        yield policy(
            clientApp.id().value(),
            IamPolicyResponse.allowStatement(wholeStage(event.getMethodArn())),
            new Caller(token, clientApp.grants()).toContext());
      }
      case Refused refused -> {
        tell(refused);
        yield policy(
            NOBODY, IamPolicyResponse.denyStatement(wholeStage(event.getMethodArn())), Map.of());
      }
    };
  }

  /** In one line, and as nothing that anybody has to mend: everybody can send garbage. */
  private void tell(Refused refused) {
    Map<String, Object> fields = new HashMap<>(Map.of("reason", refused.why().text()));
    refused.clientApp().ifPresent(clientApp -> fields.put("appId", clientApp.value()));
    if (!refused.faults().isEmpty()) {
      fields.put("faults", refused.faults());
    }
    log.info("token_refused", fields);
    metrics.report(Map.of(Metric.TOKENS_REFUSED, 1L));
  }

  /** Tells operators what is wrong with what they have registered. */
  private void warn(ClientAppId clientApp, List<String> faults) {
    if (!faults.isEmpty()) {
      log.warn("client_app_unfit", Map.of("appId", clientApp.value(), "faults", faults), null);
    }
  }

  private Authentication authenticate(String token) {
    try {
      return authenticateClientApp.authenticate(token);
    } catch (RuntimeException e) {
      log.error("token_not_judged", Map.of(), e);
      metrics.report(Map.of(Metric.TOKENS_NOT_JUDGED, 1L));
      throw new AuthorizerException("the token could not be judged");
    }
  }

  private static IamPolicyResponse policy(
      String principal, IamPolicyResponse.Statement statement, Map<String, Object> context) {
    return IamPolicyResponse.builder()
        .withPrincipalId(principal)
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(statement))
                .build())
        .withContext(context)
        .build();
  }

  /** All that follows the stage in {@code arn:..:apiId/stage/method/path}. */
  private static String wholeStage(String methodArn) {
    String[] parts = methodArn.split("/", 3);
    return parts[0] + "/" + parts[1] + "/*";
  }

  /**
   * Tells API Gateway that the authorizer failed; it answers 503 then. Lambda logs the exception,
   * so it has neither cause nor stack trace.
   */
  private static final class AuthorizerException extends RuntimeException {
    AuthorizerException(String message) {
      super(message, null, false, false);
    }
  }
}
