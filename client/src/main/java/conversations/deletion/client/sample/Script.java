package conversations.deletion.client.sample;

import java.util.List;

/**
 * How a channel user and a bot get one task done, line by line, with placeholders for its facts.
 */
record Script(String task, List<String> tags, List<Line> lines) {

  Script {
    tags = List.copyOf(tags);
    lines = List.copyOf(lines);
  }

  sealed interface Line {}

  record UserSays(String text) implements Line {}

  /** {@code payload} is the JSON of buttons or of a card, or empty. */
  record BotSays(String text, String payload) implements Line {}

  record ToolCall(String tool, String arguments) implements Line {}
}
