package conversations.deletion.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.thirdparty.jackson.core.ErrorReportConfiguration;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParseException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.JsonTokenId;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;

/**
 * Reads JSON as RFC 8259 has it and nothing beyond, and takes no second value for a name: two
 * readers could each believe another one (RFC 8259, section 4).
 */
public final class JsonReader {

  /** Objects and arrays within each other. */
  public static final int MAX_DEPTH = 50;

  /**
   * Names are not kept for the next caller, so that nobody can fill the memory with them; and
   * errors quote no more than the start of a word of what somebody sent.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(0).build())
          .build();

  private JsonReader() {}

  /**
   * Reads the one value that the text is. Objects become maps, arrays lists, strings {@link
   * String}s; of all other values only their {@link Scalar} is kept.
   *
   * @throws MalformedJsonException if the text is not JSON, nests too deep, or has a number or a
   *     name that is longer than the library takes
   * @throws RepeatedNameException if a name occurs twice in an object, before anything malformed
   */
  public static Object read(String text) throws MalformedJsonException, RepeatedNameException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one value");
      }
      return value;
    } catch (IOException e) {
      throw new MalformedJsonException(e);
    }
  }

  private static Object value(JsonParser parser) throws IOException, RepeatedNameException {
    // By number, as a switch over an enum with null builds code at the first call.
    return switch (parser.currentTokenId()) {
      case JsonTokenId.ID_START_OBJECT -> object(parser);
      case JsonTokenId.ID_START_ARRAY -> array(parser);
      case JsonTokenId.ID_STRING -> parser.getText();
      case JsonTokenId.ID_NUMBER_INT, JsonTokenId.ID_NUMBER_FLOAT -> Scalar.NUMBER;
      case JsonTokenId.ID_TRUE -> Scalar.TRUE;
      case JsonTokenId.ID_FALSE -> Scalar.FALSE;
      case JsonTokenId.ID_NULL -> Scalar.NULL;
      default -> throw new JsonParseException(parser, "no value");
    };
  }

  private static Map<String, Object> object(JsonParser parser)
      throws IOException, RepeatedNameException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      // The library could find these as well, but tells the name in a message only.
      if (object.put(name, value(parser)) != null) {
        throw new RepeatedNameException(name);
      }
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws IOException, RepeatedNameException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  /** What is neither object, array nor string. */
  public enum Scalar {
    NUMBER,
    TRUE,
    FALSE,
    NULL
  }

  /** The text is not JSON. */
  public static final class MalformedJsonException extends Exception {
    MalformedJsonException(IOException cause) {
      super("malformed JSON", cause);
    }
  }

  /** A name occurs twice in an object. */
  public static final class RepeatedNameException extends Exception {

    private final String name;

    RepeatedNameException(String name) {
      super("a name occurs twice in one object");
      this.name = name;
    }

    public String name() {
      return name;
    }
  }
}
