package conversations.deletion.local.invoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.LocalRequestsOnly;
import conversations.deletion.local.invoke.InvocationResult.FunctionError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's Runtime API for one function's process. It gives the process one event after another and
 * takes the results. It refuses pages of a browser, which could take an event away. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String INVOCATION = RUNTIME + "invocation/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final ObjectMapper json = new ObjectMapper();
  private final CompletableFuture<Instant> initialised = new CompletableFuture<>();
  private Optional<Invocation> current = Optional.empty();
  private Optional<FunctionError> end = Optional.empty();

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(Listening.HERE.address(), 0), 0);
    server.setExecutor(threads);
    server
        .createContext(RUNTIME, this::handle)
        .getFilters()
        .add(LocalRequestsOnly.of(Listening.HERE));
    server.start();
  }

  /** The API's host and port. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives this event to the process next. The event before it must have ended. */
  synchronized void offer(Invocation invocation) {
    current = Optional.of(invocation);
    end.ifPresentOrElse(error -> finish(invocation, error), () -> events.add(invocation));
  }

  /**
   * Ends the API. The current event and all later ones fail, for the first reason that was given.
   */
  synchronized void end(FunctionError reason) {
    end = end.or(() -> Optional.of(reason));
    current.ifPresent(invocation -> finish(invocation, end.orElseThrow()));
    initialised.complete(Instant.now());
  }

  /**
   * Completes when the process first asks for an event, or ends without asking; holds that moment.
   */
  CompletableFuture<Instant> initialised() {
    return initialised;
  }

  synchronized boolean hasEnded() {
    return end.isPresent();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals(INVOCATION + "next")) {
        next(exchange);
      } else if (path.equals(RUNTIME + "init/error")) {
        end(error(exchange));
        accept(exchange);
      } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
        complete(exchange, result(exchange));
      } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
        complete(exchange, error(exchange));
      } else {
        answer(exchange, 404, "{\"errorType\":\"NotFound\"}");
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    initialised.complete(Instant.now());
    currentHasEnded();
    Invocation invocation;
    try {
      invocation = events.take();
    } catch (InterruptedException e) {
      // This API is being closed, so the process meets a broken connection.
      Thread.currentThread().interrupt();
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(invocation.deadline().toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.set("Lambda-Runtime-Trace-Id", traceId());
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  private synchronized void currentHasEnded() {
    if (current.filter(invocation -> invocation.outcome().isDone()).isPresent()) {
      current.orElseThrow().ended().complete(null);
      current = Optional.empty();
    }
  }

  private void complete(HttpExchange exchange, InvocationResult result) throws IOException {
    String requestId =
        exchange.getRequestURI().getPath().substring(INVOCATION.length()).split("/")[0];
    synchronized (this) {
      current
          .filter(invocation -> invocation.requestId().equals(requestId))
          .ifPresent(invocation -> invocation.outcome().complete(result));
    }
    if (result.equals(FunctionError.responseTooLarge())) {
      answer(exchange, 413, "{\"errorType\":\"RequestEntityTooLarge\"}");
    } else {
      accept(exchange);
    }
  }

  private static InvocationResult result(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] payload = body.readNBytes(FunctionInvoker.MAX_PAYLOAD_BYTES + 1);
    body.transferTo(OutputStream.nullOutputStream());
    return payload.length > FunctionInvoker.MAX_PAYLOAD_BYTES
        ? FunctionError.responseTooLarge()
        : new InvocationResult.Success(payload);
  }

  private FunctionError error(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonNode told;
    try {
      told = json.readTree(body);
    } catch (JsonProcessingException e) {
      told = json.missingNode();
    }
    String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
    return new FunctionError(
        told.path("errorType").asText(type), told.path("errorMessage").asText(null));
  }

  private static void accept(HttpExchange exchange) throws IOException {
    answer(exchange, 202, "{\"status\":\"OK\"}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void finish(Invocation invocation, FunctionError error) {
    invocation.outcome().complete(error);
    invocation.ended().complete(null);
  }

  /** Each event gets a trace of its own, which is not sampled. */
  private static String traceId() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(System.currentTimeMillis() / 1000, random.substring(8), random.substring(0, 16));
  }
}
