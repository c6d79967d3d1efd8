package conversations.deletion.local.privilege;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import conversations.deletion.local.aws.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between one function and all AWS services, and keeps what the function's calls mean to
 * IAM. A call that is not understood goes no further.
 */
final class RecordingProxy implements AutoCloseable {

  /** Each hop has its own. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  private final Endpoints services;
  private final UsesOfCalls usesOfCalls;
  private final Set<Use> used = ConcurrentHashMap.newKeySet();
  private final Queue<String> notUnderstood = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Duration latency = Duration.ZERO;

  /** Listens, and passes on to these services. */
  RecordingProxy(Endpoints services, UsesOfCalls usesOfCalls) {
    this.services = services;
    this.usesOfCalls = usesOfCalls;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where the function finds all services. */
  Endpoints endpoints() {
    return Endpoints.all(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  /** Lets DynamoDB take that much longer for each answer from now on. */
  void slowDown(Duration longer) {
    latency = longer;
  }

  /** What was used so far. */
  Set<Use> used() {
    return Set.copyOf(used);
  }

  /** What is not known of calls, or not expected in them. */
  List<String> notUnderstood() {
    return List.copyOf(notUnderstood);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      AwsCall call =
          AwsCall.read(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body);
      used.addAll(usesOfCalls.of(call));
      if (call.service().equals("dynamodb")) {
        Thread.sleep(latency);
      }
      answer(exchange, client.send(request(exchange, call, body), BodyHandlers.ofByteArray()));
    } catch (IllegalArgumentException e) {
      notUnderstood.add(e.getMessage());
      exchange.sendResponseHeaders(501, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange, AwsCall call, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service(call).resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!isOfTheConnection(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private URI service(AwsCall call) {
    return switch (call.service()) {
      case "dynamodb" -> services.dynamoDb();
      case "sqs" -> services.sqs();
      case "ses" -> services.ses();
      case "secretsmanager" -> services.secretsManager();
      case S3Calls.SERVICE -> services.s3();
      default -> throw new IllegalArgumentException("There is no service " + call.service());
    };
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!isOfTheConnection(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static boolean isOfTheConnection(String header) {
    return OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }
}
