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
 * Lets requests through that come from this machine's own pages and programs, and answers 403 to
 * the others. What stands under {@code /_local/} needs no token, shows everything and can start a
 * deletion, so being bound to the loopback interface is not enough: a page from anywhere in a
 * browser on this machine can send requests to it too.
 *
 * <ul>
 *   <li>The {@code Host} header must name this machine where only the loopback interface is
 *       listened on. A page of evil.example whose name is made to resolve to 127.0.0.1 after it was
 *       loaded (DNS rebinding) is of the same origin as what it asks, and could read all of it; its
 *       requests still say {@code Host: evil.example}. Where another interface is listened on, by
 *       {@code -Dhost=}, this machine's names are not known, and any is taken.
 *   <li>The {@code Origin} header, which a browser sends with every request of another page that
 *       may change something, must be this server's own. Answers carry no CORS headers, so another
 *       origin's page can't read any; this keeps it from running, seeding or receiving blindly.
 *       Programs such as curl send no {@code Origin} and are let through.
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
