package conversations.deletion.local.gateway;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the API and of what stands beside it. A request that can't be read is answered
 * by the gateway too, in the form of its other answers.
 *
 * <p>It is Jetty behind the JDK's interface. The JDK's own server answers such a request in HTML,
 * with an exception's name, and has no setting for that.
 */
public final class GatewayServer implements AutoCloseable {

  /** More than the gateway takes, so that the gateway says what is too much. */
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private final Gateway gateway;
  private final Server jetty;
  private final ServerConnector connector;
  private final Map<String, Filtered> handlers = new ConcurrentSkipListMap<>(LONGEST_FIRST);

  /** A server that does not listen yet. */
  public GatewayServer(InetSocketAddress address, Gateway gateway) {
    this.gateway = gateway;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    this.jetty = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEAD_BYTES);
    http.setSendServerVersion(false);
    // The router, not the server, says what a path means.
    http.setUriCompliance(UriCompliance.UNSAFE);
    this.connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    jetty.addConnector(connector);
    jetty.setErrorHandler(this::refuse);
    jetty.setHandler(new Dispatch());
  }

  /** Has requests below a path handled, behind filters. Of several paths, the longest counts. */
  public void handle(String path, HttpHandler handler, Filter... filters) {
    handlers.put(path, new Filtered(List.of(filters), handler));
  }

  /**
   * Listens, and returns the port.
   *
   * @throws UncheckedIOException if that can't be; by a {@link BindException} if the port is used
   */
  public int start() {
    try {
      jetty.start();
      return connector.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on port %d of %s".formatted(connector.getPort(), connector.getHost()),
          e.getCause() instanceof BindException used ? used : e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not stop", e);
    }
  }

  private boolean refuse(Request request, Response response, Callback callback) {
    GatewayAnswer answer = gateway.refusal(response.getStatus());
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach((name, values) -> response.getHeaders().put(name, String.join(", ", values)));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private record Filtered(List<Filter> filters, HttpHandler handler) {

    /** A chain is good for one request. */
    private void handle(HttpExchange exchange) throws IOException {
      new Filter.Chain(filters, handler).doFilter(exchange);
    }
  }

  /** Has a request handled if its target is a URI by RFC 3986. */
  private final class Dispatch extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path;
      try {
        path = request.getHttpURI().toURI().getPath();
      } catch (IllegalArgumentException _) {
        Response.writeError(request, response, callback, 400);
        return true;
      }
      for (Map.Entry<String, Filtered> handler : handlers.entrySet()) {
        if (path.startsWith(handler.getKey())) {
          JettyExchange exchange = new JettyExchange(request, response);
          handler.getValue().handle(exchange);
          exchange.close();
          callback.succeeded();
          return true;
        }
      }
      return false;
    }
  }
}
