package conversations.deletion.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A response, ready to be sent. */
record GatewayAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(
        (name, values) -> values.forEach(value -> exchange.getResponseHeaders().add(name, value)));
    boolean bodiless = body.length == 0 || status == 204 || status == 304;
    if (exchange.getRequestMethod().equals("HEAD") || bodiless) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
