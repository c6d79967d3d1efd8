package conversations.deletion.local.demo;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

/** Calls the API as a client app does, and shows each request as a curl line with its answer. */
final class Api implements AutoCloseable {
  private static final List<String> SHOWN_HEADERS =
      List.of("Content-Type", "Location", "Retry-After");
  private static final int SHOWN_TOKEN = 24;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final ObjectWriter pretty =
      json.writer(
          new DefaultPrettyPrinter()
              .withSeparators(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));
  private final URI baseUrl;
  private final Optional<String> token;
  private final Screen screen;

  Api(URI baseUrl, Optional<String> token, Screen screen) {
    this.baseUrl = baseUrl;
    this.token = token;
    this.screen = screen;
  }

  Reply post(String path, JsonNode body) {
    return shown("POST", path, Optional.of(body.toString()));
  }

  Reply put(String path, JsonNode body) {
    return shown("PUT", path, Optional.of(body.toString()));
  }

  Reply get(String path) {
    return shown("GET", path, Optional.empty());
  }

  Reply delete(String path) {
    return shown("DELETE", path, Optional.empty());
  }

  /** As {@link #get}, but shows nothing. */
  Reply poll(String path) {
    return send("GET", path, Optional.empty());
  }

  @Override
  public void close() {
    http.close();
  }

  private Reply shown(String method, String path, Optional<String> body) {
    screen.request(curl(method, path, body));
    Reply reply = send(method, path, body);
    screen.line("HTTP " + reply.status());
    SHOWN_HEADERS.forEach(
        name -> reply.headers().firstValue(name).ifPresent(v -> screen.faint(name + ": " + v)));
    showBody(reply.body());
    screen.line("");
    return reply;
  }

  /** Shows only the first element of a list. */
  private void showBody(JsonNode body) {
    JsonNode shown =
        body.isArray() && !body.isEmpty() ? json.createArrayNode().add(body.path(0)) : body;
    try {
      screen.block(pretty.writeValueAsString(shown));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (shown != body) {
      screen.faint("(the first of %d)".formatted(body.size()));
    }
  }

  private String curl(String method, String path, Optional<String> body) {
    StringBuilder curl = new StringBuilder("curl ");
    if (!method.equals("GET")) {
      curl.append("-X ").append(method).append(' ');
    }
    curl.append("'").append(baseUrl).append(path).append("'");
    token.ifPresent(
        value -> curl.append(" \\\n  -H 'auth: ").append(value, 0, SHOWN_TOKEN).append("...'"));
    body.ifPresent(
        value ->
            curl.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d '")
                .append(value)
                .append("'"));
    return curl.toString();
  }

  private Reply send(String method, String path, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    token.ifPresent(value -> request.header("auth", value));
    body.ifPresent(_ -> request.header("Content-Type", "application/json"));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), json.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer.", e);
    }
  }
}
