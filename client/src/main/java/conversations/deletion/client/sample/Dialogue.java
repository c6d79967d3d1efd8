package conversations.deletion.client.sample;

import static conversations.deletion.client.sample.Attributes.bytes;
import static conversations.deletion.client.sample.Attributes.hundredths;
import static conversations.deletion.client.sample.Attributes.list;
import static conversations.deletion.client.sample.Attributes.map;
import static conversations.deletion.client.sample.Attributes.n;
import static conversations.deletion.client.sample.Attributes.s;
import static conversations.deletion.client.sample.Attributes.set;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is said and logged in one conversation: one task after another until it is long enough. */
final class Dialogue {
  private final SampleConversation conversation;
  private final Phrasebook phrasebook;
  private final String channel;
  private final Random random;
  private final Traces traces;
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Traces.Turn> turns = new ArrayList<>();

  private Dialogue(SampleConversation conversation, Phrasebook phrasebook, String channel) {
    this.conversation = conversation;
    this.phrasebook = phrasebook;
    this.channel = channel;
    this.random = conversation.random("dialogue");
    this.traces =
        new Traces(
            phrasebook, new ToolResults(phrasebook, conversation.startedAt(), random), random);
  }

  /** The drafts of all records of the conversation except its session header. */
  static List<Draft> of(SampleConversation conversation, Phrasebook phrasebook, String channel) {
    return new Dialogue(conversation, phrasebook, channel).drafts();
  }

  private List<Draft> drafts() {
    int wanted = conversation.records() - 1;
    drafts.add(traces.session(conversation.hasVeryLargeRecord()));
    List<Script> scripts = new ArrayList<>();
    while (drafts.size() < wanted) {
      if (scripts.isEmpty()) {
        scripts.addAll(phrasebook.scripts());
        Collections.shuffle(scripts, random);
      }
      play(scripts.removeLast());
    }
    return List.copyOf(drafts.subList(0, wanted));
  }

  private void play(Script script) {
    Facts facts = new Facts(phrasebook, conversation.startedAt(), random);
    int begin = drafts.size();
    boolean tagged = false;
    for (Script.Line line : script.lines()) {
      switch (line) {
        case Script.UserSays(String text) -> {
          userSays(facts.fill(text), script.task());
          if (!tagged) {
            script.tags().forEach(tag -> drafts.add(tag("topic", tag, "bot")));
            tagged = true;
          }
        }
        case Script.ToolCall(String tool, String arguments) ->
            drafts.add(traces.tool(tool, facts.fill(arguments)));
        case Script.BotSays(String text, String payload) ->
            botSays(facts.fill(text), facts.fill(payload));
      }
    }
    drafts.add(taskMetric(script, drafts.size() - begin));
    if (random.nextInt(3) == 0) {
      drafts.add(tag("outcome", random.nextInt(5) == 0 ? "escalated" : "resolved", "agent"));
    }
  }

  private void userSays(String text, String task) {
    Map<String, AttributeValue> content = message("incoming", "user", conversation.cId(), text);
    content.put(
        "nlu", map(Map.of("intent", s(task), "confidence", hundredths(70 + random.nextInt(30)))));
    if (channel.equals("whatsapp") && random.nextInt(12) == 0) {
      byte[] preview = new byte[800 + random.nextInt(1_200)];
      random.nextBytes(preview);
      content.put("messageType", s("voice"));
      content.put("audioPreview", bytes(preview));
    }
    long pause = 3_000 + random.nextInt(40_000) + (turns.isEmpty() ? 0 : random.nextInt(20_000));
    drafts.add(new Draft(Draft.MESSAGE, Duration.ofMillis(pause), content));
    turns.add(new Traces.Turn("user", text));
    if (random.nextInt(5) < 2) {
      drafts.add(traces.understanding(text, task));
    }
  }

  private void botSays(String text, String payload) {
    if (random.nextInt(5) < 2) {
      drafts.add(traces.languageModel(turns, text));
    }
    Map<String, AttributeValue> content = message("outgoing", "bot", conversation.botId(), text);
    content.put("delivery", map(Map.of("status", s("read"), "attempts", n(1))));
    if (!payload.isEmpty()) {
      content.put("messageType", s("template"));
      content.put("payload", s(payload));
    }
    drafts.add(new Draft(Draft.MESSAGE, Duration.ofMillis(300 + random.nextInt(1_500)), content));
    turns.add(new Traces.Turn("assistant", text));
  }

  private Map<String, AttributeValue> message(
      String direction, String sender, String senderId, String text) {
    Map<String, AttributeValue> content = new HashMap<>();
    content.put("messageId", s("ms-" + SampleIds.uuid(random)));
    content.put("direction", s(direction));
    content.put("sender", map(Map.of("kind", s(sender), "id", s(senderId))));
    content.put("messageType", s("text"));
    content.put("channel", s(channel));
    content.put("language", s(phrasebook.language().toLanguageTag()));
    content.put("text", s(text));
    return content;
  }

  private Draft tag(String name, String value, String addedBy) {
    return new Draft(
        Draft.TAG,
        Duration.ofMillis(5 + random.nextInt(40)),
        Map.of(
            "tagId", s("tg-" + SampleIds.uuid(random)),
            "tag", s(name),
            "value", s(value),
            "scope", s("session"),
            "addedBy", s(addedBy)));
  }

  private Draft taskMetric(Script script, int steps) {
    boolean success = random.nextInt(8) > 0;
    return new Draft(
        Draft.TASK_METRIC,
        Duration.ofMillis(20 + random.nextInt(80)),
        Map.of(
            "taskId", s("dg-" + SampleIds.uuid(random)),
            "taskName", s(script.task()),
            "outcome", s(success ? "completed" : "abandoned"),
            "steps", n(steps),
            "durationMs", n(30_000 + random.nextInt(400_000)),
            "sentiment", hundredths(random.nextInt(200) - 100),
            "topics", set(script.tags()),
            "path", list(s("start"), s("identify"), s(success ? "done" : "left"))));
  }
}
