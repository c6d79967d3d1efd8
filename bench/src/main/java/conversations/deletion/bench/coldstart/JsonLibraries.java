package conversations.deletion.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/**
 * Functions that only write an answer as JSON. They show what a library costs that nothing else has
 * loaded. The first one writes no JSON. The SDK loads its own library in any case, but that library
 * is not made for others.
 */
final class JsonLibraries {

  private static final Map<String, Object> ANSWER =
      Map.of("status", "queued", "result", Map.of("totalConversations", 3, "done", false));

  private JsonLibraries() {}

  /** Writes no JSON. */
  public static final class None extends Writing {
    @Override
    String write() {
      return ANSWER.toString();
    }
  }

  /** Writes as the service does, with the Jackson core that the SDK brings. */
  public static final class Deployed extends Writing {
    @Override
    String write() {
      return JsonText.of(ANSWER);
    }
  }

  /** Writes token by token, with jackson-core. */
  public static final class JacksonCore extends Writing {
    @Override
    String write() throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.writeStartObject();
        json.writeStringField("status", "queued");
        json.writeObjectFieldStart("result");
        json.writeNumberField("totalConversations", 3);
        json.writeBooleanField("done", false);
        json.writeEndObject();
        json.writeEndObject();
      }
      return text.toString();
    }
  }

  /** Reads a request's body token by token, with jackson-core. */
  public static final class JacksonCoreReading extends Writing {
    @Override
    String write() throws IOException {
      int tokens = 0;
      try (JsonParser json =
          new JsonFactory().createParser("{\"conversationIds\":[\"69eb0c87ec444445976a1b2c\"]}")) {
        while (json.nextToken() != null) {
          tokens++;
        }
      }
      return Integer.toString(tokens);
    }
  }

  /** Writes with jackson-jr. */
  public static final class JacksonJr extends Writing {
    @Override
    String write() throws IOException {
      return JSON.std.asString(ANSWER);
    }
  }

  /** Writes with jackson-databind. */
  public static final class JacksonDatabind extends Writing {
    @Override
    String write() throws IOException {
      return new ObjectMapper().writeValueAsString(ANSWER);
    }
  }

  /** Reads and writes with the library that the SDK has for itself. */
  public static final class SdkJson extends Writing {
    @Override
    String write() {
      JsonNode.parser().parse("{\"conversationIds\":[\"69eb0c87ec444445976a1b2c\"]}");
      JsonWriter json = JsonWriter.create();
      json.writeStartObject().writeFieldName("status").writeValue("queued").writeEndObject();
      return new String(json.getBytes(), StandardCharsets.UTF_8);
    }
  }

  private abstract static class Writing implements RequestStreamHandler {

    abstract String write() throws IOException;

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context)
        throws IOException {
      answer.write(write().getBytes(StandardCharsets.UTF_8));
    }
  }
}
