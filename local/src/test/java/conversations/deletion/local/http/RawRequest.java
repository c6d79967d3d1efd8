package conversations.deletion.local.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests by hand, because HTTP clients don't let a program choose every header. */
public final class RawRequest {

  private RawRequest() {}

  /**
   * The status of the answer to a request without a body.
   *
   * @param head the request line and headers; {@code PORT} stands for the server's port
   */
  public static int status(URI server, String head) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          head.replace("PORT", String.valueOf(server.getPort()))
              + "Content-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ")[1]);
    }
  }
}
