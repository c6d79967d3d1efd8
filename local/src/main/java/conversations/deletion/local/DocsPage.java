package conversations.deletion.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The API's description as a page from which one can send requests. Swagger UI, from its webjar,
 * renders {@code docs/openapi.yaml} unchanged. The page fetches nothing from elsewhere.
 */
public final class DocsPage implements HttpHandler {

  /** The path of everything except the page itself. */
  static final String FOLDER = "/_local/docs/";

  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final String WEBJAR_PROPERTIES =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "png", "image/png",
          "json", "application/json; charset=UTF-8",
          "yaml", "application/yaml; charset=UTF-8");

  private static final List<String> FROM_WEBJAR =
      List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png");

  /**
   * Swagger UI sets styles on elements and has its icons in data URLs. In a frame, another page
   * could lead a click to a button that begins a deletion.
   */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

  /**
   * The values that fill the page, so that one can send requests from it at once.
   *
   * @param auth a token for the bot
   * @param cId a channel user with conversations on that day
   * @param conversationIds at least two conversations of another channel user, so that a job by
   *     conversation and one by channel user don't ask for the same
   * @param previewId a preview of the bot; absent if none was asked for
   */
  public record Sample(
      String auth,
      String botId,
      String cId,
      LocalDate day,
      List<String> conversationIds,
      Optional<String> previewId) {

    /** The same with a preview. */
    Sample with(String preview) {
      return new Sample(auth, botId, cId, day, conversationIds, Optional.of(preview));
    }
  }

  private final Path description;
  private final String webjar = WEBJAR + webjarVersion() + "/";
  private final ObjectMapper json = new ObjectMapper();
  private volatile Sample sample;

  /**
   * @param description the OpenAPI document
   */
  DocsPage(Path description) {
    this.description = description;
  }

  /** Fills the page with these values from its next load on. */
  public void fillWith(Sample newSample) {
    sample = newSample;
  }

  /** Tells whether a request is for the page itself. */
  static boolean isPage(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals("/");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.equals("/") ? "index.html" : path.substring(FOLDER.length());
      Optional<byte[]> content =
          exchange.getRequestMethod().equals("GET") ? content(name) : Optional.<byte[]>empty();
      if (content.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, content.get().length);
      exchange.getResponseBody().write(content.get());
    }
  }

  private Optional<byte[]> content(String name) throws IOException {
    return switch (name) {
      case "index.html", "page.js" -> Optional.of(resource("docs/" + name));
      case "openapi.yaml" -> Optional.of(Files.readAllBytes(description));
      case "sample.json" -> sample();
      default ->
          FROM_WEBJAR.contains(name) ? Optional.of(resource(webjar + name)) : Optional.empty();
    };
  }

  private Optional<byte[]> sample() throws IOException {
    Sample present = sample;
    if (present == null) {
      return Optional.empty();
    }
    Map<String, Object> content =
        new HashMap<>(
            Map.of(
                "auth", present.auth(),
                "botId", present.botId(),
                "cId", present.cId(),
                "day", present.day().toString(),
                "conversationIds", present.conversationIds()));
    present.previewId().ifPresent(preview -> content.put("previewId", preview));
    return Optional.of(json.writeValueAsBytes(content));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource = DocsPage.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return resource.readAllBytes();
    }
  }

  private static String webjarVersion() {
    Properties properties = new Properties();
    try (InputStream file = DocsPage.class.getResourceAsStream(WEBJAR_PROPERTIES)) {
      properties.load(file);
    } catch (IOException e) {
      throw new IllegalStateException("Swagger UI's webjar cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
