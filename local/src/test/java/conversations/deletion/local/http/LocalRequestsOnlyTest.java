package conversations.deletion.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestsOnlyTest {

  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
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
    "127.0.0.1, GET,  127.0.0.1:PORT, https://evil.example, 403",
    // What is not the form of a host and a port.
    "127.0.0.1, GET,  127.0.0.1:PORT:PORT, -, 403",
    "127.0.0.1, GET,  127.0.0.1:, -, 403",
    "127.0.0.1, GET,  ::1, -, 403",
    "127.0.0.1, GET,  192.168.1.2:PORT, -, 403",
    "127.0.0.1, GET,  host.docker.internal:PORT, -, 403",
    // A server that listens on all interfaces accepts addresses and the name that containers know.
    "0.0.0.0, GET,  127.0.0.1:PORT, -, 200",
    "0.0.0.0, GET,  192.168.1.2:PORT, -, 200",
    "0.0.0.0, GET,  [fe80::1]:PORT, -, 200",
    "0.0.0.0, GET,  evil.example:PORT, -, 403",
    "0.0.0.0, GET,  1.2.3.4.evil.example, -, 403",
    "0.0.0.0, POST, evil.example:PORT, http://evil.example:PORT, 403",
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

    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(RawRequest.status(here, head)).isEqualTo(status);
  }

  @Test
  void refusesARequestThatNamesNoHost() throws IOException {
    start("127.0.0.1");

    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(RawRequest.status(here, "GET /_local/ HTTP/1.0\r\n")).isEqualTo(403);
  }

  @ParameterizedTest(name = "{0} calls {1}: {2}")
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "::1, ::1, true",
    "192.168.1.2, 192.168.1.2, true",
    "192.168.1.3, 192.168.1.2, false",
    "fe80::2, fe80::1, false"
  })
  void tellsThisMachineFromAnother(String caller, String called, boolean same) throws IOException {
    assertThat(
            LocalRequestsOnly.isThisMachine(
                InetAddress.getByName(caller), InetAddress.getByName(called)))
        .isEqualTo(same);
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
        .add(LocalRequestsOnly.fromThisMachine(Listening.on(listening)));
    server.start();
  }
}
