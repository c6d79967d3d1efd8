package conversations.deletion.local.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An answer to the browser.
 *
 * @param policy its Content-Security-Policy
 */
record ConsoleAnswer(int status, String contentType, String policy, byte[] body) {

  /**
   * Everything on the page comes from this server, and no text becomes a script, a style or an
   * element. The browser refuses that even if the page's own code tries it.
   */
  private static final String OWN_PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** A mail may have styles and nothing else. It has an origin of its own. */
  private static final String MAIL =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of("html", "text/html", "js", "text/javascript", "css", "text/css");

  static ConsoleAnswer json(int status, Object content) {
    return new ConsoleAnswer(status, "application/json", OWN_PAGE, ReadableJson.bytes(content));
  }

  static ConsoleAnswer error(int status, String error) {
    return json(status, Map.of("errors", List.of(error)));
  }

  static ConsoleAnswer mail(String html) {
    return new ConsoleAnswer(200, "text/html", MAIL, html.getBytes(StandardCharsets.UTF_8));
  }

  /** A part of the page, from the class path. */
  static ConsoleAnswer file(String name) throws IOException {
    try (InputStream resource = ConsoleAnswer.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      String type = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new ConsoleAnswer(200, type, OWN_PAGE, resource.readAllBytes());
    }
  }
}
