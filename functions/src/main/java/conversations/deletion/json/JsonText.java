package conversations.deletion.json;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Writes JSON (RFC 8259). */
public final class JsonText {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /**
   * Writes a value. Maps become objects, without the entries whose value is null. Lists and other
   * iterables become arrays. Numbers, booleans and null stay what they are. All else becomes
   * strings.
   */
  public static String of(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing JSON to a string", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      writeObject(json, object);
    } else if (value instanceof Iterable<?> array) {
      writeArray(json, array);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.writeObject(value);
    } else {
      json.writeString(value.toString());
    }
  }

  private static void writeObject(JsonGenerator json, Map<?, ?> object) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      if (entry.getValue() != null) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
    }
    json.writeEndObject();
  }

  private static void writeArray(JsonGenerator json, Iterable<?> array) throws IOException {
    json.writeStartArray();
    for (Object element : array) {
      write(json, element);
    }
    json.writeEndArray();
  }
}
