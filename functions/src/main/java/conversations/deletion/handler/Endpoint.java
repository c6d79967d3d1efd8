package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Scope;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What all endpoints do alike: they serve nobody without the scope for the bot, and whatever goes
 * wrong becomes a problem document that tells the caller nothing that is not his to know.
 */
final class Endpoint {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Scope scope;
  private final OperatorLog log;
  private final Outages outages;

  Endpoint(Scope scope, OperatorLog log, Outages outages) {
    this.scope = scope;
    this.log = log;
    this.outages = outages;
  }

  APIGatewayProxyResponseEvent serve(
      APIGatewayProxyRequestEvent event, Context context, Operation operation) {
    String requestId = requestId(event, context);
    Answer answer;
    try {
      answer = operation.perform(request(event, context));
    } catch (ProblemException e) {
      answer = e.problem().toAnswer(requestId);
    } catch (RuntimeException e) {
      answer = failure(requestId, e).toAnswer(requestId);
    }
    return answer.toEvent();
  }

  private Request request(APIGatewayProxyRequestEvent event, Context context) {
    Caller caller = Caller.ofContext(event.getRequestContext().getAuthorizer());
    String bot = event.getPathParameters().get("botId");
    if (!BotId.isValid(bot) || !caller.grants().allow(new BotId(bot), scope)) {
      throw new ProblemException(Problem.forbidden());
    }
    return new Request(new BotId(bot), caller.clientApp(), context.getAwsRequestId(), event);
  }

  private Problem failure(String requestId, RuntimeException failure) {
    Map<String, String> fields = Map.of("requestId", requestId);
    if (outages.isOutage(failure)) {
      log.warn("request_not_served", fields, failure);
      return Problem.unavailable();
    }
    log.error("request_failed", fields, failure);
    return Problem.internal();
  }

  /**
   * The id by which the caller knows the request. A caller may have chosen it himself, by a header
   * that API Gateway takes over; what is no UUID is not repeated.
   */
  private static String requestId(APIGatewayProxyRequestEvent event, Context context) {
    String known = event.getRequestContext().getRequestId();
    return known != null && UUID_FORM.matcher(known).matches() ? known : context.getAwsRequestId();
  }

  /** What one endpoint does with a request that it may serve. */
  @FunctionalInterface
  interface Operation {

    /**
     * @throws ProblemException if the caller is to be told a problem
     */
    Answer perform(Request request);
  }

  /**
   * A request of a client app that has the scope for the bot.
   *
   * @param bot the bot
   * @param clientApp the client app
   * @param invocation an id that no other request has, and that no caller can choose
   * @param event the rest of it
   */
  record Request(
      BotId bot, ClientAppId clientApp, String invocation, APIGatewayProxyRequestEvent event) {}
}
