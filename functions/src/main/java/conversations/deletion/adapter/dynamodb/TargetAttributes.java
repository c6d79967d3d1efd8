package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CHANNEL_USER_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FORGOTTEN_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HAS_DEFAULT_START;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REQUEST_TYPE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_FROM;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_TO;

import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.DeletionTarget.PreviewedConversations;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.RequestType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a job or a preview is about, as attributes of its item. */
final class TargetAttributes {

  /**
   * Stands before the request's type. A version of the service that knows no previews can't read
   * such a job, and so deletes nothing for it. It would take it for one of all of the channel
   * user's conversations.
   */
  private static final String PREVIEWED = "preview/";

  private static final String PREVIEW_CHUNKS = "previewChunks";
  private static final String PREVIEW_CONVERSATIONS = "previewConversations";

  private TargetAttributes() {}

  static Map<String, AttributeValue> write(DeletionTarget target) {
    Map<String, AttributeValue> item = new HashMap<>();
    String prefix = target instanceof PreviewedConversations ? PREVIEWED : "";
    item.put(REQUEST_TYPE, s(prefix + target.requestType().text()));
    if (target.ofChannelUser().isPresent()) {
      ChannelUserConversations user = target.ofChannelUser().get();
      item.put(CHANNEL_USER_ID, s(user.channelUser().value()));
      item.put(STARTED_FROM, s(user.range().from()));
      item.put(STARTED_TO, s(user.range().to()));
      if (user.hasDefaultStart()) {
        item.put(HAS_DEFAULT_START, bool(true));
      }
    }
    if (target instanceof PreviewedConversations previewed) {
      item.put(PreviewItems.PREVIEW_ID, s(previewed.id().value()));
      item.put(PREVIEW_CHUNKS, n(previewed.chunks()));
      item.put(PREVIEW_CONVERSATIONS, n(previewed.conversations()));
    }
    return item;
  }

  /** What a job is about. */
  static DeletionTarget readOfJob(Map<String, AttributeValue> item) {
    DeletionTarget asked = read(item);
    Optional<String> id = findString(item, PreviewItems.PREVIEW_ID);
    if (id.isEmpty()) {
      return asked;
    }
    PreviewId preview = new PreviewId(id.get());
    return asked instanceof Forgotten
        ? new Forgotten(asked.requestType(), Optional.of(preview))
        : new PreviewedConversations(
            preview,
            Math.toIntExact(number(item, PREVIEW_CHUNKS)),
            number(item, PREVIEW_CONVERSATIONS),
            asked);
  }

  /** What a preview is about. */
  static DeletionTarget read(Map<String, AttributeValue> item) {
    String written = string(item, REQUEST_TYPE);
    RequestType type =
        RequestType.of(
            written.startsWith(PREVIEWED) ? written.substring(PREVIEWED.length()) : written);
    if (item.containsKey(FORGOTTEN_AT)) {
      return new Forgotten(type);
    }
    return switch (type) {
      case CONVERSATION_IDS -> new ListedConversations();
      case CHANNEL_USER ->
          new ChannelUserConversations(
              new ChannelUserId(string(item, CHANNEL_USER_ID)),
              new DateRange(instant(item, STARTED_FROM), instant(item, STARTED_TO)),
              item.containsKey(HAS_DEFAULT_START));
    };
  }
}
