package conversations.deletion.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 has it, and takes no second value for a name: two readers could each
 * believe another one (RFC 8259, section 4).
 */
final class StrictJson {

  private static final int MAX_DEPTH = 50;

  /** Names are not kept for the next caller, so that nobody can fill the memory with them. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private StrictJson() {}

  /**
   * Reads the one value that the text is. Objects become maps, arrays lists, strings {@link
   * String}s; of all other values only their {@link JsonToken} is kept.
   *
   * @throws ProblemException if the text is not JSON, or repeats a name within an object
   */
  static Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed();
      }
      return value;
    } catch (IOException _) {
      throw malformed();
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case null -> throw malformed();
      default -> parser.currentToken();
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (object.put(name, value(parser)) != null) {
        throw Faults.only(
            Faults.nameOf(name), "duplicate_key", "The name occurs twice in one object.");
      }
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static ProblemException malformed() {
    return Faults.only(Faults.BODY, "malformed_json", "The body is not one JSON value.");
  }
}
