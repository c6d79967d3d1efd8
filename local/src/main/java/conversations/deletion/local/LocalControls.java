package conversations.deletion.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import conversations.deletion.client.sample.SeedRequest;
import conversations.deletion.local.invoke.InvocationResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths beside the API, for people and scripts: run now, read the mails, seed. */
final class LocalControls implements HttpHandler {

  private static final Set<String> SEED_FIELDS =
      Set.of("botId", "cId", "conversations", "recordsEach", "attachmentsEach", "startedAt");
  private static final int MOST = 10_000;

  private record ControlAnswer(int status, byte[] body) {}

  private final LocalAws aws;
  private final ObjectMapper json = new ObjectMapper();

  LocalControls(LocalAws aws) {
    this.aws = aws;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      ControlAnswer answer =
          answer(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), body);
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json; charset=UTF-8");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private ControlAnswer answer(String request, byte[] body) throws IOException {
    return switch (request) {
      case "POST /_local/off-peak" -> ran(aws.tick());
      case "POST /_local/housekeeping" -> ran(aws.keepHouse());
      case "GET /_local/mails" -> answer(200, aws.mails());
      case "POST /_local/conversations" -> seed(body);
      default -> errors(404, List.of("There is no " + request));
    };
  }

  private ControlAnswer ran(InvocationResult result) throws IOException {
    return switch (result) {
      case InvocationResult.Success success -> new ControlAnswer(200, success.payload());
      case InvocationResult.FunctionError error -> answer(502, error);
    };
  }

  private ControlAnswer seed(byte[] body) throws IOException {
    ArrayList<String> errors = new ArrayList<String>();
    JsonNode fields;
    try {
      fields = json.readTree(body);
    } catch (JsonProcessingException e) {
      return errors(400, List.of("Not JSON: " + e.getOriginalMessage()));
    }
    if (!fields.isObject()) {
      return errors(400, List.of("A JSON object is expected"));
    }
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!SEED_FIELDS.contains(field.getKey())) {
        errors.add(
            field.getKey()
                + ": unknown; the known fields are "
                + SEED_FIELDS.stream().sorted().toList());
      }
    }
    SeedRequest request =
        new SeedRequest(
            botId(fields, errors),
            text(fields, "cId", errors),
            number(fields, "conversations", errors),
            number(fields, "recordsEach", errors),
            instant(fields, "startedAt", errors));
    int attachmentsEach =
        fields.has("attachmentsEach") ? number(fields, "attachmentsEach", errors) : 0;
    if (attachmentsEach > 0 && aws.attachments().isEmpty()) {
      errors.add("attachmentsEach: there is no bucket");
    }
    if (!errors.isEmpty()) {
      return errors(400, errors);
    }
    try {
      List<String> ids = aws.seeder().seed(request);
      if (attachmentsEach > 0) {
        aws.attachments().orElseThrow().seed(request.botId(), ids, attachmentsEach);
      }
      return answer(200, Map.of("conversationIds", ids));
    } catch (IllegalArgumentException e) {
      return errors(400, List.of(String.valueOf(e.getMessage())));
    }
  }

  /** The bot that the request names, or else the one that was registered first. */
  private String botId(JsonNode fields, List<String> errors) {
    Optional<String> first = aws.registrations().firstBotId();
    return fields.has("botId") || first.isEmpty()
        ? text(fields, "botId", errors)
        : first.orElseThrow();
  }

  private static String text(JsonNode fields, String name, List<String> errors) {
    JsonNode value = fields.path(name);
    if (!value.isTextual() || value.asText().isBlank()) {
      errors.add(name + ": a string is expected");
      return null;
    }
    return value.asText();
  }

  private static int number(JsonNode fields, String name, List<String> errors) {
    JsonNode value = fields.path(name);
    if (!value.isInt() || value.asInt() < 1 || value.asInt() > MOST) {
      errors.add(name + ": a whole number from 1 to " + MOST + " is expected");
      return 0;
    }
    return value.asInt();
  }

  private static Instant instant(JsonNode fields, String name, List<String> errors) {
    try {
      return Instant.parse(fields.path(name).asText());
    } catch (DateTimeException e) {
      errors.add(name + ": a timestamp like 2026-05-04T09:30:00Z is expected");
      return null;
    }
  }

  private ControlAnswer errors(int status, List<String> errors) throws IOException {
    return answer(status, Map.of("errors", errors));
  }

  private ControlAnswer answer(int status, Object body) throws IOException {
    return new ControlAnswer(status, json.writeValueAsBytes(body));
  }
}
