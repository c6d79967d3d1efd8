package conversations.deletion.local.console;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through requests from this machine's own pages and programs, and answers 403 to all others.
 * The paths under {@code /_local/} need no token, show everything and can start a deletion.
 * Listening on the loopback interface only is not enough: in a browser on this machine, any page
 * from anywhere can send requests too.
 *
 * <ul>
 *   <li>If the server listens on the loopback interface only, the {@code Host} header must name
 *       this machine. This stops DNS rebinding: evil.example can make its name resolve to 127.0.0.1
 *       after its page was loaded. The page then has the same origin as this server and could read
 *       everything. Its requests still say {@code Host: evil.example}. If the server listens on
 *       another interface, by {@code -Dhost=}, it does not know this machine's names and accepts
 *       any.
 *   <li>On requests that may change something, an {@code Origin} header must be this server's own.
 *       A browser sends the header with every such request of another page. Answers carry no CORS
 *       headers, so another origin's page can't read any. This rule also keeps it from running,
 *       seeding or receiving blindly. Programs such as curl send no {@code Origin} and are let
 *       through.
 * </ul>
 */
public final class LocalRequestsOnly extends Filter {

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
  private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  private final String listening;
  private final boolean loopbackOnly;

  /**
   * A filter for a server of that network interface.
   *
   * @param host a name or address, as the server was given it
   */
  public LocalRequestsOnly(String host) {
    this.listening = host.toLowerCase(Locale.ROOT);
    this.loopbackOnly = isLoopback(host);
  }

  @Override
  public String description() {
    return "Refuses requests of pages from elsewhere";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || (loopbackOnly && !isLocal(host))) {
      refuse(exchange, "The Host header does not name this machine.");
    } else if (isForeign(exchange, host)) {
      refuse(exchange, "The request was sent by a page of another origin.");
    } else {
      chain.doFilter(exchange);
    }
  }

  private boolean isLocal(String hostAndPort) {
    String host = hostAndPort.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return LOOPBACK_NAMES.contains(host) || host.equals(listening);
  }

  private static boolean isForeign(HttpExchange exchange, String host) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return origin != null
        && !SAFE_METHODS.contains(exchange.getRequestMethod())
        && !origin.equalsIgnoreCase("http://" + host);
  }

  private static void refuse(HttpExchange exchange, String why) throws IOException {
    try (exchange) {
      byte[] body = "{\"errors\":[\"%s\"]}".formatted(why).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.sendResponseHeaders(403, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
