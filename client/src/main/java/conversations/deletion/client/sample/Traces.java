package conversations.deletion.client.sample;

import static conversations.deletion.client.sample.Attributes.n;
import static conversations.deletion.client.sample.Attributes.s;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The debug logs of a conversation. They hold what the bot understood, what it asked its tools and
 * its language model, and what it got from them. Most have one or two KB, a few some twenty.
 */
final class Traces {
  private static final String SYSTEM_PROMPT = systemPrompt();
  private static final int SHORT = 350;

  /** What one side said, as the language model gets it. */
  record Turn(String role, String text) {}

  private final Phrasebook phrasebook;
  private final ToolResults results;
  private final Random random;

  Traces(Phrasebook phrasebook, ToolResults results, Random random) {
    this.phrasebook = phrasebook;
    this.results = results;
    this.random = random;
  }

  /** What is known about the channel user when a session begins. */
  Draft session(boolean veryLarge) {
    ObjectNode trace = object();
    trace.put("profileVersion", 3).put("consent", "2026-01").put("source", "crm");
    int characters = veryLarge ? 110_000 + random.nextInt(60_000) : SHORT;
    trace.set("purchases", results.rows("crm.history", characters));
    return log("session", "Customer profile loaded", 40 + random.nextInt(300), trace);
  }

  /** How the bot understood the channel user's words. */
  Draft understanding(String utterance, String task) {
    ObjectNode trace = object();
    trace.put("utterance", utterance).put("language", phrasebook.language().toLanguageTag());
    ArrayNode candidates = trace.putArray("candidates");
    double score = 0.80 + random.nextInt(19) / 100.0;
    candidates.addObject().put("intent", task).put("score", score);
    for (int i = 0; i < 3; i++) {
      score = Math.floor(score * 40) / 100;
      candidates.addObject().put("intent", oneOf(phrasebook.scripts()).task()).put("score", score);
    }
    trace.putObject("thresholds").put("accept", 0.7).put("confirm", 0.45);
    return log("nlu", "Intent recognised: " + task, 8 + random.nextInt(60), trace);
  }

  Draft tool(String tool, String arguments) {
    ObjectNode trace = object();
    trace.put("tool", tool).put("attempts", 1).put("httpStatus", 200);
    ObjectNode request = trace.putObject("request");
    for (String argument : arguments.split(" (?=\\w+=)")) {
      int equals = argument.indexOf('=');
      request.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    trace.set("response", results.rows(tool, extent()));
    return log("tool", tool + " answered", 90 + random.nextInt(2_500), trace);
  }

  /** The prompt with the last turns, and the answer of the language model. */
  Draft languageModel(List<Turn> turns, String completion) {
    ObjectNode trace = object();
    trace.put("model", "assistant-large-2").put("temperature", 0.2);
    ArrayNode messages = trace.putArray("messages");
    messages.addObject().put("role", "system").put("content", SYSTEM_PROMPT);
    for (Turn turn : turns.subList(Math.max(0, turns.size() - 4), turns.size())) {
      messages.addObject().put("role", turn.role()).put("content", turn.text());
    }
    int extent = extent();
    if (extent > SHORT) {
      trace.set("retrieved", results.rows("knowledge.search", extent));
    }
    trace.put("completion", completion);
    trace
        .putObject("usage")
        .put("promptTokens", 180 + extent / 4 + random.nextInt(400))
        .put("completionTokens", 10 + completion.length() / 4);
    return log("llm", "Answer generated", 400 + random.nextInt(4_000), trace);
  }

  /** The length of an answer: now and then, a tool or a search answers a lot. */
  private int extent() {
    return random.nextInt(16) == 0 ? 11_000 + random.nextInt(12_000) : SHORT;
  }

  private Draft log(String module, String message, int millis, ObjectNode trace) {
    Map<String, AttributeValue> content = new HashMap<>();
    content.put("module", s(module));
    content.put("level", s(random.nextInt(30) == 0 ? "WARN" : "DEBUG"));
    content.put("message", s(message));
    content.put("durationMs", n(millis));
    content.put("spanId", s(Long.toHexString(random.nextLong())));
    content.put("trace", s(trace.toString()));
    return new Draft(Draft.DEBUG_LOG, Duration.ofMillis(millis), content);
  }

  private <T> T oneOf(List<T> alternatives) {
    return alternatives.get(random.nextInt(alternatives.size()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String systemPrompt() {
    try (InputStream text = Traces.class.getResourceAsStream("system-prompt.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
