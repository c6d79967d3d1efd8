package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.access.LimitRequests.Admission;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.VerifiedToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What all endpoints have in common. They serve only client apps that have the scope for the bot,
 * and only as many requests as the rate limits allow. A client app whose requests are refused is
 * limited too, for itself: it uses up nothing of the bot that it asks for. Every failure becomes a
 * problem document, which tells the caller no more than it may know.
 */
final class Endpoint {

  private static final String TOKEN_HEADER = "auth";

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Scope scope;
  private final Budget.Kind counted;
  private final EndpointServices services;
  private final RateLimitAnswers rateLimitAnswers;

  Endpoint(Scope scope, EndpointServices services) {
    this(scope, Budget.Kind.REQUESTS, services);
  }

  /**
   * @param counted what of the bot's budgets its requests count for
   */
  Endpoint(Scope scope, Budget.Kind counted, EndpointServices services) {
    this.scope = scope;
    this.counted = counted;
    this.services = services;
    this.rateLimitAnswers = new RateLimitAnswers(services.limitRequests().limits());
  }

  APIGatewayProxyResponseEvent serve(
      APIGatewayProxyRequestEvent event, Context context, Operation operation) {
    String requestId = requestId(event, context);
    services.log().begin(Map.of("requestId", context.getAwsRequestId(), "apiRequestId", requestId));
    return answer(requestId, () -> serve(requestId, event, context, operation)).toEvent();
  }

  private Answer serve(
      String requestId, APIGatewayProxyRequestEvent event, Context context, Operation operation) {
    Caller caller = Caller.ofContext(event.getRequestContext().getAuthorizer());
    try {
      Request request = request(caller, event, context);
      return limited(
          Budget.of(counted, request.bot()),
          caller,
          requestId,
          () -> answer(requestId, () -> operation.perform(request)));
    } catch (ProblemException e) {
      return limited(
          Budget.ofRefusals(caller.clientApp()),
          caller,
          requestId,
          () -> e.problem().toAnswer(requestId));
    }
  }

  /** Answers a request if the rate limits of its budget allow it. */
  private Answer limited(
      Budget budget, Caller caller, String requestId, Supplier<Answer> otherwise) {
    Admission admission = services.limitRequests().admit(budget, caller.clientApp());
    Optional<Problem> refusal = rateLimitAnswers.refusal(admission, budget.kind());
    if (refusal.isEmpty() && budget.kind() == Budget.Kind.REFUSALS) {
      // Who may not ask learns nothing of limits before reaching one.
      return otherwise.get();
    }
    Answer answer = refusal.isPresent() ? refusal.get().toAnswer(requestId) : otherwise.get();
    return answer.with(rateLimitAnswers.headers(admission));
  }

  private Answer answer(String requestId, Supplier<Answer> attempt) {
    try {
      return attempt.get();
    } catch (ProblemException e) {
      return e.problem().toAnswer(requestId);
    } catch (RuntimeException e) {
      return failure(e).toAnswer(requestId);
    }
  }

  /**
   * @throws ProblemException if the client app may not ask that, or the token is not good any more
   */
  private Request request(Caller caller, APIGatewayProxyRequestEvent event, Context context) {
    String bot = event.getPathParameters().get("botId");
    if (!BotId.isValid(bot) || !caller.grants().allow(new BotId(bot), scope)) {
      throw new ProblemException(Problem.forbidden());
    }
    use(caller.token(), event);
    return new Request(new BotId(bot), caller, context.getAwsRequestId(), event);
  }

  /** Uses the token here, as API Gateway may take the authorizer's answer from its cache. */
  private void use(VerifiedToken token, APIGatewayProxyRequestEvent event) {
    if (tokens(event) > 1) {
      throw new ProblemException(Problem.invalidToken());
    }
    switch (services.useToken().use(token)) {
      case ACCEPTED -> {}
      case EXPIRED -> throw new ProblemException(Problem.invalidToken());
      case ALREADY_USED -> throw new ProblemException(Problem.tokenAlreadyUsed());
    }
  }

  /** Counts the tokens. If there are two, it is unknown which one the authorizer has checked. */
  private static int tokens(APIGatewayProxyRequestEvent event) {
    int tokens = 0;
    if (event.getMultiValueHeaders() != null) {
      for (Map.Entry<String, List<String>> header : event.getMultiValueHeaders().entrySet()) {
        if (header.getKey().equalsIgnoreCase(TOKEN_HEADER)) {
          tokens += header.getValue().size();
        }
      }
    }
    return tokens;
  }

  private Problem failure(RuntimeException failure) {
    if (services.outages().isOutage(failure)) {
      services.log().warn("request_not_served", Map.of(), failure);
      return Problem.unavailable();
    }
    services.log().error("request_failed", Map.of(), failure);
    return Problem.internal();
  }

  /**
   * The id by which the caller knows the request. The caller may have chosen it, by a header that
   * API Gateway takes over. An id that is not a UUID is not repeated.
   */
  private static String requestId(APIGatewayProxyRequestEvent event, Context context) {
    String known = event.getRequestContext().getRequestId();
    return known != null && UUID_FORM.matcher(known).matches() ? known : context.getAwsRequestId();
  }

  /** What one endpoint does with a request that it may serve. */
  @FunctionalInterface
  interface Operation {

    /**
     * Serves the request.
     *
     * @throws ProblemException if the answer is a problem
     */
    Answer perform(Request request);
  }

  /**
   * A request of a client app that has the scope for the bot.
   *
   * @param bot the bot
   * @param caller the client app, with what it may do
   * @param invocation an id that no other request has, and that no caller can choose
   * @param event the rest of the request
   */
  record Request(BotId bot, Caller caller, String invocation, APIGatewayProxyRequestEvent event) {

    private static final String ROOT = "/api/public/bot/";

    ClientAppId clientApp() {
      return caller.clientApp();
    }

    /** Tells whether the client app may see what holds keep, even in confidence. */
    boolean seesHolds() {
      return caller.grants().allow(bot, Scope.HOLD_CONVERSATIONS);
    }

    /**
     * The job that the path names.
     *
     * @throws ProblemException if the path names no valid job id
     */
    JobId job() {
      String job = event.getPathParameters().get("jobId");
      if (!JobId.isValid(job)) {
        throw new ProblemException(Problem.notFound());
      }
      return new JobId(job);
    }

    /**
     * The preview that the path names.
     *
     * @throws ProblemException if the path names no valid id of a preview
     */
    PreviewId preview() {
      String preview = event.getPathParameters().get("previewId");
      if (!PreviewId.isValid(preview)) {
        throw new ProblemException(Problem.notFound());
      }
      return new PreviewId(preview);
    }

    /** What the path has in the place of a hold's id; null if it has no such place. */
    String holdId() {
      return event.getPathParameters().get("holdId");
    }

    /**
     * The hold that the path names.
     *
     * @throws ProblemException if the path names no valid id of a hold
     */
    HoldId hold() {
      if (!HoldId.isValid(holdId())) {
        throw new ProblemException(Problem.notFound());
      }
      return new HoldId(holdId());
    }

    /** The path of one of the bot's jobs, as the caller has to ask for it. */
    String location(JobId job) {
      return location("/conversations/delete/" + job);
    }

    /** The path of one of the bot's previews, as the caller has to ask for it. */
    String location(PreviewId preview) {
      return location("/conversations/deletion-previews/" + preview);
    }

    /**
     * A path below the bot's, as the caller has to ask for it. It is made of ids. Only what stands
     * before the API's own paths is the request's: the stage, or what a custom domain name puts
     * there.
     */
    private String location(String below) {
      String asked = event.getRequestContext().getPath();
      // Two slashes at the start would make the next segment the name of a host.
      String before =
          asked.substring(0, Math.max(0, asked.lastIndexOf(ROOT))).replaceAll("/{2,}", "/");
      return before + ROOT + bot + below;
    }
  }
}
