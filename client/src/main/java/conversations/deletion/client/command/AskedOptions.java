package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name what is asked for: conversations, or a channel user's. */
final class AskedOptions {

  @Parameters(
      paramLabel = "CONVERSATION",
      arity = "0..*",
      description = "Ids of at most 100 conversations.")
  private List<String> conversations = List.of();

  @Option(
      names = "--user",
      paramLabel = "CID",
      description = "The channel user whose conversations are meant.")
  private String user;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "With --user: the first UTC day, or ISO 8601 timestamp.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "With --user: the last UTC day, or ISO 8601 timestamp.")
  private String to;

  /** Tells whether a channel user is named. */
  boolean isOfUser() {
    return user != null;
  }

  /** How many conversations are named; absent if a channel user is, as that takes a look. */
  OptionalLong named() {
    return isOfUser()
        ? OptionalLong.empty()
        : OptionalLong.of(conversations.stream().distinct().count());
  }

  /** What is asked for, in words. */
  String words() {
    if (user == null) {
      return conversations.size() == 1
          ? "the conversation " + conversations.getFirst()
          : "%d conversations".formatted(conversations.size());
    }
    return "all conversations of the channel user %s%s%s"
        .formatted(
            user,
            from == null ? "" : " that began from " + from + " on",
            to == null ? "" : (from == null ? " that began" : "") + " up to " + to);
  }

  /** A request for it, as the person gave it. The service, not this program, checks it. */
  ObjectNode request() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!conversations.isEmpty()) {
      conversations.forEach(body.withArray("/conversationIds")::add);
    }
    if (user != null) {
      body.put("cId", user);
    }
    if (from != null) {
      body.put("startDate", from);
    }
    if (to != null) {
      body.put("endDate", to);
    }
    return body;
  }
}
