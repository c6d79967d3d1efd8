package conversations.deletion.client.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers in place of the service, and keeps what it was asked. */
final class StubApi implements AutoCloseable {

  private static final String BELOW = "/api/public/bot/st-1/conversations/";

  /**
   * A request.
   *
   * @param line its method and path, with the query
   * @param key its Idempotency-Key, if it has one
   */
  record Request(String line, String body, Optional<String> key) {}

  private record Answer(int status, String body, String retryAfter) {}

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private Answer usual = new Answer(200, "{}", "1");

  StubApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  StubApi retryAfter(String header) {
    usual = new Answer(usual.status(), usual.body(), header);
    return this;
  }

  /** What is answered to whatever is asked. */
  void answers(int status, String body) {
    usual = new Answer(status, body, usual.retryAfter());
  }

  /**
   * What is answered to requests of this method and path.
   *
   * @param request with the path below {@code conversations/}, without a query
   */
  synchronized void answers(String request, int status, String body, String retryAfter) {
    answers.put(request, new ArrayDeque<>(List.of(new Answer(status, body, retryAfter))));
  }

  void answers(String request, int status, String body) {
    answers(request, status, body, "1");
  }

  /** What is answered to the next of these requests, and then again and again. */
  synchronized void then(String request, int status, String body) {
    answers.get(request).add(new Answer(status, body, "1"));
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests of this method and path, whatever their query. */
  List<Request> requests(String request) {
    return requests.stream().filter(it -> name(it.line()).equals(request)).toList();
  }

  /** The last request's method and path; empty if there was none. */
  String asked() {
    return requests.isEmpty() ? "" : requests.getLast().line();
  }

  /** The last request's body. */
  String sent() {
    return requests.getLast().body();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static String name(String line) {
    return line.replaceAll("\\?.*", "").replace(BELOW, "");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(
          new Request(
              line,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))));
      Answer answer = next(name(line));
      exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer next(String request) {
    Deque<Answer> left = answers.get(request);
    if (left == null) {
      return usual;
    }
    return left.size() > 1 ? left.remove() : left.element();
  }
}
