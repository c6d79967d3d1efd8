package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.list;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewConversation.Unread;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of previews' conversations. Number 0 has what the caller asked about, if
 * it listed conversations; those from 1 on have what was found.
 *
 * <p>{@code submittedAt} is the preview's own. It tells its chunks from those of an earlier preview
 * with the same {@code Idempotency-Key}, which may still be there.
 */
final class PreviewChunkItems {

  static final int ASKED = 0;

  private static final String CONVERSATIONS = "conversations";

  private PreviewChunkItems() {}

  static Map<String, AttributeValue> asked(
      Preview preview, List<ConversationId> asked, Instant expiresAt) {
    Map<String, AttributeValue> item = item(preview, ASKED, expiresAt);
    item.put(CONVERSATIONS, list(asked.stream().map(id -> s(id.value())).toList()));
    return item;
  }

  static List<ConversationId> readAsked(Map<String, AttributeValue> item) {
    List<ConversationId> asked = new ArrayList<>();
    list(item, CONVERSATIONS).forEach(id -> asked.add(new ConversationId(id.s())));
    return asked;
  }

  static Map<String, AttributeValue> write(Preview preview, PreviewChunk chunk, Instant expiresAt) {
    Map<String, AttributeValue> item = item(preview, chunk.number(), expiresAt);
    item.put(
        CONVERSATIONS, list(chunk.conversations().stream().map(PreviewChunkItems::write).toList()));
    return item;
  }

  private static Map<String, AttributeValue> item(Preview preview, int number, Instant expiresAt) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(PreviewItems.PREVIEW_ID, s(preview.id().value()));
    item.put(ChunkItems.CHUNK, n(number));
    item.put(ChunkItems.SUBMITTED_AT, s(preview.submittedAt()));
    item.put(ChunkItems.EXPIRES_AT, n(expiresAt.getEpochSecond()));
    return item;
  }

  private static AttributeValue write(PreviewConversation conversation) {
    Map<String, AttributeValue> entry =
        new HashMap<>(ExtentAttributes.write(conversation.extent()));
    entry.put("id", s(conversation.conversation().value()));
    conversation.startedAt().ifPresent(start -> entry.put("startedAt", s(start)));
    if (conversation.isOpen()) {
      entry.put("open", bool(true));
    }
    conversation.reason().ifPresent(reason -> entry.put("reason", s(reason.text())));
    conversation.hold().ifPresent(reason -> entry.put("held", s(reason.text())));
    conversation.unread().ifPresent(unread -> write(unread, entry));
    return Attributes.map(entry);
  }

  private static void write(Unread unread, Map<String, AttributeValue> entry) {
    entry.put("unread", s(unread.store().name()));
    unread.after().ifPresent(key -> entry.put("after", s(key)));
    unread.version().ifPresent(version -> entry.put("version", s(version)));
    unread.lastActivity().ifPresent(moment -> entry.put("lastAt", s(moment)));
    unread.user().ifPresent(user -> entry.put("user", n(user.bits())));
  }

  /** Tells whether a chunk under this preview's id is its own. */
  static boolean isOf(Preview preview, Map<String, AttributeValue> item) {
    return string(item, ChunkItems.SUBMITTED_AT).equals(Timestamps.format(preview.submittedAt()));
  }

  static PreviewChunk read(Map<String, AttributeValue> item) {
    List<PreviewConversation> conversations = new ArrayList<>();
    list(item, CONVERSATIONS).forEach(entry -> conversations.add(read(entry)));
    return new PreviewChunk(Math.toIntExact(number(item, ChunkItems.CHUNK)), conversations);
  }

  private static PreviewConversation read(AttributeValue written) {
    Map<String, AttributeValue> entry = written.m();
    return new PreviewConversation(
        new ConversationId(string(entry, "id")),
        findInstant(entry, "startedAt"),
        ExtentAttributes.read(entry),
        entry.containsKey("open"),
        findString(entry, "reason").map(Reason::of),
        findString(entry, "held").map(Reason::of),
        entry.containsKey("unread") ? Optional.of(unread(entry)) : Optional.empty());
  }

  private static Unread unread(Map<String, AttributeValue> entry) {
    return new Unread(
        Store.valueOf(string(entry, "unread")),
        findString(entry, "after"),
        findString(entry, "version"),
        findInstant(entry, "lastAt"),
        findNumber(entry, "user").map(ChannelUserTag::new));
  }

  /** The id of a conversation, and no more of it. */
  static ConversationId readId(AttributeValue written) {
    return new ConversationId(string(written.m(), "id"));
  }

  static List<AttributeValue> entries(Map<String, AttributeValue> item) {
    return list(item, CONVERSATIONS);
  }
}
