package conversations.deletion.local;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record in the form in which bot platforms store it. */
public final class RecordItem {

  private RecordItem() {}

  /** The item of a record; the caller may change it. */
  public static Map<String, AttributeValue> of(
      BotId bot, ConversationId conversation, RecordHead record) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("conversationKey", s(bot + "#" + conversation));
    item.put("recordKey", s(record.recordKey()));
    item.put("botId", s(bot.value()));
    item.put("conversationId", s(conversation.value()));
    item.put("recordType", s(type(record)));
    item.put("text", s("record " + record.recordKey()));
    record.createdAt().ifPresent(at -> item.put("createdAt", s(Timestamps.format(at))));
    record.header().ifPresent(header -> addHeader(item, bot, header));
    return item;
  }

  /** The entry that the index of the service's own table has for a conversation. */
  public static IndexEntry entry(BotId bot, ConversationId conversation, Instant startedAt) {
    return new IndexEntry(
        conversation,
        Optional.of(startedAt),
        new IndexPosition(Timestamps.format(startedAt), bot + "#" + conversation, "SESSION"));
  }

  private static String type(RecordHead record) {
    if (record.isSessionHeader()) {
      return "SESSION";
    }
    return record.recordKey().startsWith("TAG") ? "TAG" : "MESSAGE";
  }

  private static void addHeader(Map<String, AttributeValue> item, BotId bot, SessionHeader header) {
    ChannelUserId user = header.channelUser().orElseThrow();
    item.put("cId", s(user.value()));
    item.put("channelUserKey", s(bot + "#" + user));
    header.startedAt().ifPresent(at -> item.put("startedAt", s(Timestamps.format(at))));
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }
}
