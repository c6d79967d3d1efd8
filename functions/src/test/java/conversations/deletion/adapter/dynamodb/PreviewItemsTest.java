package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserTag;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.Extent;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewConversation.Unread;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewProgress;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PreviewItemsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final PreviewConversation FREE =
      PreviewConversation.unread(new ConversationId("c-1"), Optional.empty()).whole(false);
  private static final PreviewConversation UNREAD =
      PreviewConversation.unread(new ConversationId("c-2"), Optional.empty())
          .counted(
              Extent.NONE,
              Optional.empty(),
              new Unread(
                  Store.RECORDS,
                  Optional.of("MESSAGE#1"),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new ChannelUserTag(-7))));
  private static final PreviewChunk CHUNK =
      new PreviewChunk(
          1,
          List.of(
              FREE,
              FREE.held(Optional.of(Reason.HELD)),
              FREE.held(Optional.of(Reason.HELD_IN_CONFIDENCE)),
              UNREAD));
  private static final Preview PREVIEW =
      new Preview(
          BOT,
          PreviewId.of(BOT, APP, "1"),
          APP,
          new ListedConversations(),
          Instant.EPOCH,
          PreviewState.SUBMITTED.progressed(
              new PreviewProgress(PreviewCounts.NONE, CHUNK.counts(), 1, Optional.empty(), true)),
          Optional.empty());

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(PreviewItems.read(PreviewItems.write(PREVIEW))).isEqualTo(PREVIEW);
    assertThat(PreviewChunkItems.read(PreviewChunkItems.write(PREVIEW, CHUNK, Instant.EPOCH)))
        .isEqualTo(CHUNK);
  }

  @Test
  void ofAnOlderVersionWhichKnewNoHoldsHoldNothing() {
    PreviewCounts counts =
        PreviewItems.read(withoutHolds(PreviewItems.write(PREVIEW))).state().progress().counts();

    assertThat(counts.conversations()).isEqualTo(4);
    assertThat(counts.held()).isZero();
    assertThat(counts.heldInConfidence()).isZero();
    assertThat(
            PreviewChunkItems.read(
                    withoutHolds(PreviewChunkItems.write(PREVIEW, CHUNK, Instant.EPOCH)))
                .conversations())
        .allSatisfy(one -> assertThat(one.hold()).isEmpty())
        .hasSize(4);
  }

  /** The item without all that came with holds. */
  private static Map<String, AttributeValue> withoutHolds(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> older = new HashMap<>();
    item.forEach((name, value) -> older.put(name, withoutHolds(value)));
    List.of("held", "heldInConfidence", "user").forEach(older::remove);
    return older;
  }

  private static AttributeValue withoutHolds(AttributeValue value) {
    if (value.hasM()) {
      return AttributeValue.fromM(withoutHolds(value.m()));
    }
    if (value.hasL()) {
      List<AttributeValue> all = new ArrayList<>();
      value.l().forEach(one -> all.add(withoutHolds(one)));
      return AttributeValue.fromL(all);
    }
    return value;
  }
}
