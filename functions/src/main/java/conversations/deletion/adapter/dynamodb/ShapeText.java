package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Placeholder.ANY;
import static conversations.deletion.adapter.dynamodb.Placeholder.BOT;
import static conversations.deletion.adapter.dynamodb.Placeholder.CHANNEL_USER;
import static conversations.deletion.adapter.dynamodb.Placeholder.CONVERSATION;
import static conversations.deletion.adapter.dynamodb.Placeholder.MILLIS;
import static conversations.deletion.adapter.dynamodb.Placeholder.MOMENT;
import static conversations.deletion.adapter.dynamodb.Placeholder.SECONDS;
import static conversations.deletion.adapter.dynamodb.Placeholder.TYPE;
import static conversations.deletion.adapter.dynamodb.Placeholder.UTC;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.KeyOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The text of a {@link RecordsShape}, and all that is wrong with it. */
final class ShapeText {

  private static final String HEADER = "header";
  private static final String HEADER_KEY = "headerKey";
  private static final String BOT_NAME = "bot";
  private static final String CONVERSATION_NAME = "conversation";

  /** The names that there are, and the values that they have by default. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          CONVERSATION_NAME,
          "{botId}#{conversationId}",
          "user",
          "{botId}#{cId}",
          BOT_NAME,
          "",
          "records",
          "",
          HEADER,
          "SESSION",
          HEADER_KEY,
          "",
          "recordType",
          "recordType",
          "createdAt",
          "createdAt",
          "cId",
          "cId",
          "startedAt",
          "{moment}");

  private static final Set<Placeholder> STARTS = EnumSet.of(MOMENT, UTC, SECONDS, MILLIS);
  private static final Set<Placeholder> NUMBERS = EnumSet.of(SECONDS, MILLIS);

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  ShapeText(String text) {
    for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!DEFAULTS.containsKey(name)) {
        faults.add(
            "'%s' is none of %s".formatted(name, DEFAULTS.keySet().stream().sorted().toList()));
      } else if (equals < 0 || equals == word.length() - 1) {
        faults.add(name + ": it has no value");
      } else if (values.put(name, word.substring(equals + 1)) != null) {
        faults.add(name + ": it comes twice");
      }
    }
  }

  RecordsShape read() {
    KeyTemplate conversation = template(CONVERSATION_NAME, CONVERSATION, EnumSet.of(BOT));
    KeyTemplate user = template("user", CHANNEL_USER, EnumSet.of(BOT));
    if (conversation != null && user != null && conversation.has(BOT) && !user.has(BOT)) {
      faults.add("user: without %s in it, several bots share entries of the index".formatted(BOT));
    }
    Optional<BotId> bot = bot(conversation);
    List<String> sortKeys = sortKeys();
    HeaderMark header = header(sortKeys);
    KeyTemplate startedAt = startedAt();
    RecordsShape.Fields fields =
        new RecordsShape.Fields(
            field("recordType", TYPE), field("createdAt", MOMENT), field("cId", CHANNEL_USER));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new RecordsShape(conversation, user, bot, sortKeys, header, startedAt, fields);
  }

  private String value(String name) {
    return values.getOrDefault(name, DEFAULTS.get(name));
  }

  /** Null if it is no template. */
  private KeyTemplate parsed(String name) {
    try {
      return new KeyTemplate(value(name));
    } catch (IllegalArgumentException e) {
      faults.add(name + ": " + e.getMessage());
      return null;
    }
  }

  /** Null if it is no template. */
  private KeyTemplate template(String name, Placeholder needed, Set<Placeholder> others) {
    KeyTemplate template = parsed(name);
    if (template == null) {
      return null;
    }
    if (!template.has(needed)) {
      faults.add("%s: '%s' lacks %s".formatted(name, template, needed));
    }
    for (Placeholder one : template.placeholders()) {
      if (one != needed && !others.contains(one)) {
        faults.add("%s: '%s' can't have %s".formatted(name, template, one));
      }
    }
    return template;
  }

  private Optional<BotId> bot(KeyTemplate conversation) {
    String bot = value(BOT_NAME);
    boolean isNamed = !bot.isEmpty();
    if (isNamed && !BotId.isValid(bot)) {
      faults.add("bot: '%s' is no id of a bot".formatted(bot));
    } else if (conversation != null && isNamed == conversation.has(BOT)) {
      faults.add(
          isNamed
              ? "bot: it is for a table of one bot, but conversation has " + BOT
              : "conversation: without %s in it, bot has to name the bot".formatted(BOT));
    } else if (isNamed) {
      return Optional.of(new BotId(bot));
    }
    return Optional.empty();
  }

  private List<String> sortKeys() {
    List<String> prefixes =
        Stream.of(value("records").split(","))
            .filter(prefix -> !prefix.isEmpty())
            .sorted(KeyOrder.INSTANCE)
            .toList();
    for (int i = 1; i < prefixes.size(); i++) {
      // What begins with another sorts right behind it, or behind what begins with it, too.
      if (prefixes.get(i).startsWith(prefixes.get(i - 1))) {
        faults.add(
            "records: '%s' begins with '%s'".formatted(prefixes.get(i), prefixes.get(i - 1)));
      }
    }
    return prefixes;
  }

  private HeaderMark header(List<String> sortKeys) {
    if (value(HEADER_KEY).isEmpty()) {
      return new HeaderMark.OfType(value(HEADER));
    }
    if (values.containsKey(HEADER)) {
      faults.add("headerKey: with it goes no header");
    }
    KeyTemplate template = parsed(HEADER_KEY);
    if (template != null) {
      String prefix = template.prefix();
      if (prefix.isEmpty() && !template.has(CONVERSATION)) {
        faults.add("headerKey: '%s' could be any record's".formatted(template));
      }
      if (!sortKeys.isEmpty() && sortKeys.stream().noneMatch(prefix::startsWith)) {
        faults.add("headerKey: '%s' begins with none of records".formatted(template));
      }
    }
    return new HeaderMark.OfSortKey(template);
  }

  private KeyTemplate startedAt() {
    KeyTemplate template = parsed("startedAt");
    if (template != null) {
      List<Placeholder> told = template.placeholders().stream().filter(one -> one != ANY).toList();
      if (told.size() != 1 || !STARTS.containsAll(told)) {
        faults.add(
            "startedAt: '%s' needs one of %s, and nothing else but %s"
                .formatted(template, STARTS, ANY));
      } else if (NUMBERS.contains(told.getFirst())
          && !template.toString().equals(told.getFirst().toString())) {
        faults.add("startedAt: '%s' is a number, which has no other parts".formatted(template));
      }
    }
    return template;
  }

  /** The name of an attribute, or a template of the sort key. */
  private String field(String name, Placeholder part) {
    String value = value(name);
    if (value.indexOf('{') >= 0) {
      template(name, part, EnumSet.of(ANY));
    }
    return value;
  }
}
