package conversations.deletion.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.http.RawRequest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeApiTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:PORT\r\n",
        "Host: 127.0.0.1:PORT\r\nOrigin: https://evil.example\r\n"
      })
  void givesNoEventToAPageOfABrowser(String headers) throws IOException {
    try (RuntimeApi api = new RuntimeApi()) {
      URI server = URI.create("http://" + api.address());

      assertThat(
              RawRequest.status(
                  server, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n" + headers))
          .isEqualTo(403);
      assertThat(api.initialised()).isNotDone();
    }
  }
}
