package conversations.deletion.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestsOnlyTest {

  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest(name = "on {0}: {1} with Host {2} and Origin {3} is answered {4}")
  @CsvSource({
    // Programs, and this server's own pages.
    "127.0.0.1, GET,  127.0.0.1:PORT, -, 200",
    "127.0.0.1, GET,  localhost:PORT, -, 200",
    "127.0.0.1, GET,  LOCALHOST, -, 200",
    "127.0.0.1, GET,  [::1]:PORT, -, 200",
    "127.0.0.1, POST, 127.0.0.1:PORT, -, 200",
    "127.0.0.1, POST, 127.0.0.1:PORT, http://127.0.0.1:PORT, 200",
    "127.0.0.1, POST, localhost:PORT, http://localhost:PORT, 200",
    // A name that was made to resolve to this machine.
    "127.0.0.1, GET,  evil.example:PORT, -, 403",
    "127.0.0.1, POST, evil.example:PORT, http://evil.example:PORT, 403",
    "127.0.0.1, GET,  127.0.0.1.evil.example, -, 403",
    "127.0.0.1, GET,  evil.example:127.0.0.1, -, 403",
    // Pages of other origins: elsewhere, another port, a sandbox.
    "127.0.0.1, POST, 127.0.0.1:PORT, https://evil.example, 403",
    "127.0.0.1, POST, 127.0.0.1:PORT, http://127.0.0.1:1, 403",
    "127.0.0.1, POST, 127.0.0.1:PORT, http://localhost:PORT, 403",
    "127.0.0.1, POST, 127.0.0.1:PORT, null, 403",
    "127.0.0.1, DELETE, 127.0.0.1:PORT, https://evil.example, 403",
    // A server that listens on all interfaces accepts any name, but still no other origin.
    "0.0.0.0, GET,  host.docker.internal:PORT, -, 200",
    "0.0.0.0, POST, host.docker.internal:PORT, http://host.docker.internal:PORT, 200",
    "0.0.0.0, POST, host.docker.internal:PORT, https://evil.example, 403"
  })
  void letsOnlyThisMachinesOwnRequestsThrough(
      String listening, String method, String host, String origin, int status) throws IOException {
    start(listening);

    String head = method + " /_local/ HTTP/1.1\r\nHost: " + host + "\r\n";
    if (!origin.equals("-")) {
      head += "Origin: " + origin + "\r\n";
    }

    assertThat(statusOf(head)).isEqualTo(status);
  }

  private void start(String listening) throws IOException {
    server = HttpServer.create(new InetSocketAddress(listening, 0), 0);
    server
        .createContext(
            "/_local/",
            exchange -> {
              try (exchange) {
                exchange.sendResponseHeaders(200, -1);
              }
            })
        .getFilters()
        .add(new LocalRequestsOnly(listening));
    server.start();
  }

  /** Sends the request by hand, because HTTP clients don't let a program choose these headers. */
  private int statusOf(String head) throws IOException {
    int port = server.getAddress().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          head.replace("PORT", String.valueOf(port))
              + "Content-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(answer.split(" ")[1]);
    }
  }
}
