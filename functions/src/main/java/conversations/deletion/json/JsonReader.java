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
 * Reads JSON exactly as RFC 8259 defines it, without extensions. It refuses an object that repeats
 * a name, because two readers could each take a different value (RFC 8259, section 4).
 */
public final class JsonReader {

  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 50;

  /**
   * Names are not kept after a text is read, so that callers cannot fill the memory with them.
   * Errors quote at most the start of a word of the text.
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
   * Reads a text that is one JSON value. Objects become maps, arrays become lists, and strings
   * become {@link String}s. Of any other value only its {@link Scalar} is kept.
   *
   * @throws MalformedJsonException if the text is not JSON, nests too deep, or has a number or a
   *     name that is longer than the library accepts
   * @throws RepeatedNameException if an object repeats a name before anything malformed
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
    // By number: a switch over an enum with a case for null builds code at its first call.
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
      // The library can find repeated names too, but tells the name only in a message.
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

  /** A value that is neither an object, an array nor a string. */
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
