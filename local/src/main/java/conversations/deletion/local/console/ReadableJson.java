package conversations.deletion.local.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * JSON as text for people. It is laid out here and not in the browser, because JavaScript reads
 * every number as a double and would round the larger ones.
 */
final class ReadableJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          // What a tree would drop is no JSON for this page. It is shown as it is.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Half of a character, which a cut text may end with, can only be written escaped.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final JsonMapper FOR_READING = JsonMapper.builder().build();
  private static final ObjectWriter LAID_OUT = FOR_READING.writer(layout());

  private ReadableJson() {}

  /** JSON for a program, in ASCII. */
  static byte[] bytes(Object content) {
    try {
      return JSON.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON on many lines. */
  static String laidOut(JsonNode json) {
    return text(LAID_OUT, json);
  }

  /** A text as it is, and anything else as JSON on one line. */
  static String inLine(JsonNode json) {
    return json.isTextual() ? json.asText() : text(FOR_READING.writer(), json);
  }

  /** Reads a JSON object, with numbers to their last digit; empty if the text is anything else. */
  static Optional<JsonNode> object(String text) {
    try {
      return text.startsWith("{") ? Optional.of(JSON.readTree(text)) : Optional.empty();
    } catch (JsonProcessingException _) {
      // It is not JSON after all, so it is shown as it is.
      return Optional.empty();
    }
  }

  private static String text(ObjectWriter writer, JsonNode json) {
    try {
      return writer.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DefaultPrettyPrinter layout() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter layout =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    layout.indentObjectsWith(lines);
    layout.indentArraysWith(lines);
    return layout;
  }
}
