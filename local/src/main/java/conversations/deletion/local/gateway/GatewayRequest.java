package conversations.deletion.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A request as it came in.
 *
 * @param path without its query, still percent-encoded
 * @param query still percent-encoded; null where there is none
 * @param headers by name; the case of the names is that of the JDK's HTTP server, not the caller's
 */
record GatewayRequest(
    String requestId,
    String extendedRequestId,
    Instant receivedAt,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String sourceIp,
    byte[] body) {

  /** The maximum size of a request's body, in bytes. */
  static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** Reads the whole request. Of a body that is too large, it reads only enough to know that. */
  static GatewayRequest read(HttpExchange exchange, Instant now) throws IOException {
    String requestId = UUID.randomUUID().toString();
    URI uri = exchange.getRequestURI();
    return new GatewayRequest(
        requestId,
        extended(requestId),
        now,
        exchange.getRequestMethod(),
        uri.getRawPath(),
        uri.getRawQuery(),
        exchange.getRequestHeaders(),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1));
  }

  /** Stands for a request of which nothing can be read. */
  static GatewayRequest unreadable(Instant now) {
    String requestId = UUID.randomUUID().toString();
    return new GatewayRequest(
        requestId, extended(requestId), now, "", "", null, Map.of(), "", new byte[0]);
  }

  private static String extended(String requestId) {
    return Base64.getEncoder()
        .encodeToString(requestId.substring(0, 11).getBytes(StandardCharsets.US_ASCII));
  }

  /** The last value of a header, or null if there is none. The case of the name does not matter. */
  String header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().getLast())
        .findFirst()
        .orElse(null);
  }

  /** The size of the request line and the headers, in bytes. */
  int headBytes() {
    int line = method.length() + path.length() + (query == null ? 0 : query.length() + 1);
    return line
        + headers.entrySet().stream()
            .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + value))
            .mapToInt(String::length)
            .sum();
  }
}
