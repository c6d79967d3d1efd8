package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** An answer of the API. */
record Reply(int status, HttpHeaders headers, JsonNode body) {

  /** The header's value, or the empty text if there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  String text(String field) {
    return body.path(field).asText();
  }
}
