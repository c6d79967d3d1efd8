package conversations.deletion.local.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.LocalRequestsOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service's HTTP endpoint: a request's headers and body go in, an answer comes out. Pages from
 * elsewhere are refused.
 */
final class HttpEndpoint implements AutoCloseable {

  /** Answers one request. */
  interface Service {
    EndpointAnswer answer(HttpExchange request, String body);
  }

  /** An answer's parts. */
  record EndpointAnswer(int status, String contentType, String body) {}

  private final Listening listening;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpEndpoint(Listening listening, Service service) throws IOException {
    this.listening = listening;
    server = HttpServer.create(new InetSocketAddress(listening.address(), 0), 0);
    server.setExecutor(threads);
    server
        .createContext("/", exchange -> serve(exchange, service))
        .getFilters()
        .add(LocalRequestsOnly.of(listening));
    server.start();
  }

  static HttpEndpoint start(Listening listening, Service service) {
    try {
      return new HttpEndpoint(listening, service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://" + listening.inUrl() + ":" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange exchange, Service service) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      EndpointAnswer answer = service.answer(exchange, body);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
