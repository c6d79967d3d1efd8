package conversations.deletion.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import conversations.deletion.local.invoke.FunctionInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.output.VisibleText;
import conversations.deletion.local.template.ApiDefinition;
import conversations.deletion.local.template.FunctionDefinition;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The template's REST API, with API Gateway's own behaviour: routes, authorizer, the proxy
 * integration's events and answers, limits, and gateway responses.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">Quotas of
 *     API Gateway</a>
 */
public final class Gateway implements HttpHandler, AutoCloseable {

  /** How long API Gateway waits for a function. */
  public static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

  private static final int MAX_HEAD_BYTES = 10_240;

  private final ApiDefinition api;
  private final String arnPrefix;
  private final Map<String, FunctionDefinition> functions;
  private final FunctionInvoker invoker;
  private final InstantSource clock;
  private final Duration integrationTimeout;
  private final Router router;
  private final Optional<Authorizer> authorizer;
  private final GatewayResponses responses;
  private final ProxyEvent events;
  private final ProxyResponse results = new ProxyResponse();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** A gateway for the template's API. */
  public Gateway(Template template, FunctionInvoker invoker) {
    this(template, invoker, InstantSource.system(), INTEGRATION_TIMEOUT);
  }

  Gateway(
      Template template,
      FunctionInvoker invoker,
      InstantSource clock,
      Duration integrationTimeout) {
    this.api = template.api();
    this.arnPrefix = template.account().executeApiArn(api.id(), api.stage());
    this.functions =
        template.functions().stream()
            .collect(Collectors.toMap(FunctionDefinition::logicalId, Function.identity()));
    this.invoker = invoker;
    this.clock = clock;
    this.integrationTimeout = integrationTimeout;
    this.router = new Router(api.routes());
    this.authorizer =
        api.authorizer()
            .map(
                definition ->
                    new Authorizer(
                        definition, functions.get(definition.functionId()), invoker, clock));
    this.responses = new GatewayResponses(api.gatewayResponses());
    this.events = new ProxyEvent(api, template.account());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      GatewayRequest request = GatewayRequest.read(exchange, clock.instant());
      GatewayAnswer answer = answer(request);
      // A caller that is still sending would not read an answer.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      answer.send(exchange);
    }
  }

  /** The answer to a request that can't be read, or be handled. */
  GatewayAnswer refusal(int status) {
    GatewayRequest request = GatewayRequest.unreadable(clock.instant());
    if (status == 400) {
      return UnreadableRequest.answer(request);
    }
    GatewayFault fault =
        status < 500
            ? new GatewayFault(GatewayResponseType.DEFAULT_4XX, "Bad Request", status)
            : new GatewayFault(GatewayResponseType.DEFAULT_5XX);
    return responses.answer(fault, request);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private GatewayAnswer answer(GatewayRequest request) {
    try {
      return forward(request);
    } catch (GatewayFault fault) {
      return responses.answer(fault, request);
    }
  }

  private GatewayAnswer forward(GatewayRequest request) {
    if (request.headBytes() > MAX_HEAD_BYTES) {
      throw new GatewayFault(
          GatewayResponseType.DEFAULT_4XX, "Request Header Fields Too Large", 431);
    }
    Router.Match match =
        router
            .find(request.method(), request.path())
            .orElseThrow(() -> new GatewayFault(GatewayResponseType.MISSING_AUTHENTICATION_TOKEN));
    if (request.body().length > GatewayRequest.MAX_BODY_BYTES) {
      throw new GatewayFault(GatewayResponseType.REQUEST_TOO_LARGE);
    }
    Optional<Authorizer.Identity> identity =
        authorizer
            .filter(present -> match.route().authorized())
            .map(present -> present.authorize(request, methodArn(request)));
    byte[] event = events.of(request, match, identity);
    if (event.length > FunctionInvoker.MAX_PAYLOAD_BYTES) {
      throw new GatewayFault(GatewayResponseType.REQUEST_TOO_LARGE);
    }
    return switch (integrate(functions.get(match.route().functionId()), event)) {
      case InvocationResult.Success success -> proxied(success, request);
      case InvocationResult.FunctionError error -> {
        System.err.println(VisibleText.of(match.route().functionId() + " failed: " + error));
        throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE);
      }
    };
  }

  private InvocationResult integrate(FunctionDefinition function, byte[] event) {
    Future<InvocationResult> invocation = threads.submit(() -> invoker.invoke(function, event));
    try {
      return invocation.get(integrationTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE);
    }
  }

  private GatewayAnswer proxied(InvocationResult.Success success, GatewayRequest request) {
    try {
      return results.read(success.payload(), request);
    } catch (IllegalArgumentException e) {
      System.err.println(VisibleText.of("Malformed Lambda proxy response: " + e.getMessage()));
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE);
    }
  }

  private String methodArn(GatewayRequest request) {
    return arnPrefix + "/" + request.method() + request.path();
  }
}
