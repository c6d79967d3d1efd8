package conversations.deletion.local.http;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests by hand, because HTTP clients don't let a program choose every header. */
public final class RawRequest {

  private RawRequest() {}

  /**
   * The status of the answer to a request without a body.
   *
   * @param head the request line and headers; {@code PORT} stands for the server's port
   */
  public static int status(URI server, String head) throws IOException {
    return send(server, head).status();
  }

  /** The answer to such a request. */
  public static Answer send(URI server, String head) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          head.replace("PORT", String.valueOf(server.getPort()))
              + "Content-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * An answer that is not chunked.
   *
   * @param headers by name, in any case
   */
  public record Answer(int status, Map<String, List<String>> headers, String body) {

    private static Answer of(String text) {
      String[] parts = text.split("\r\n\r\n", 2);
      List<String> head = parts[0].lines().toList();
      Map<String, List<String>> headers =
          head.stream()
              .skip(1)
              .map(line -> line.split(": *", 2))
              .collect(Collectors.groupingBy(one -> one[0], mapping(one -> one[1], toList())));
      return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), headers, parts[1]);
    }
  }
}
