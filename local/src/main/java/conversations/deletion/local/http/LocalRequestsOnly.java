package conversations.deletion.local.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers 403 to requests that {@link LocalCallers} refuse, and lets all others through. */
public final class LocalRequestsOnly extends Filter {

  private final LocalCallers callers;
  private final boolean fromThisMachine;

  private LocalRequestsOnly(LocalCallers callers, boolean fromThisMachine) {
    this.callers = callers;
    this.fromThisMachine = fromThisMachine;
  }

  /** A filter for what every machine may ask for that reaches the server. */
  public static LocalRequestsOnly of(Listening server) {
    return new LocalRequestsOnly(new LocalCallers(server), false);
  }

  /** A filter for what only programs and browsers of this machine may ask for. */
  public static LocalRequestsOnly fromThisMachine(Listening server) {
    return new LocalRequestsOnly(new LocalCallers(server), true);
  }

  /** Tells whether a request is let through. */
  public boolean admits(HttpExchange exchange) {
    return refusal(exchange).isEmpty();
  }

  @Override
  public String description() {
    return "Refuses requests of pages from elsewhere";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Optional<String> refusal = refusal(exchange);
    if (refusal.isPresent()) {
      refuse(exchange, refusal.get());
    } else {
      chain.doFilter(exchange);
    }
  }

  private Optional<String> refusal(HttpExchange exchange) {
    InetAddress caller = exchange.getRemoteAddress().getAddress();
    if (fromThisMachine && !isThisMachine(caller, exchange.getLocalAddress().getAddress())) {
      return Optional.of("The request was sent by another machine.");
    }
    Headers headers = exchange.getRequestHeaders();
    return callers.refusal(headers.getFirst("Host"), headers.getFirst("Origin"));
  }

  /**
   * Tells whether a caller is on the machine that it called.
   *
   * @param called the address at which the request arrived
   */
  static boolean isThisMachine(InetAddress caller, InetAddress called) {
    return caller.isLoopbackAddress() || caller.equals(called);
  }

  private static void refuse(HttpExchange exchange, String why) throws IOException {
    try (exchange) {
      byte[] body = "{\"errors\":[\"%s\"]}".formatted(why).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.sendResponseHeaders(403, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
