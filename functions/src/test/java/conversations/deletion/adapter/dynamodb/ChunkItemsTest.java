package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Scan;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ChunkItemsTest {

  private static final DeletionJob JOB = Jobs.queued(new BotId("st-1"), 1, Instant.EPOCH);

  @Test
  void keepHowFarAConversationWasScanned() {
    JobConversation scanned =
        JobConversation.pending(new ConversationId("c-1"))
            .scanned(new Scan("M9", Optional.of(Instant.EPOCH)));
    Chunk chunk = new Chunk(JOB.id(), 1, 0, List.of(scanned), Optional.empty());

    assertThat(ChunkItems.read(ChunkItems.write(chunk, JOB, 1, Instant.EPOCH))).isEqualTo(chunk);
  }

  @Test
  void keepHowFarTheIndexWasRead() {
    Chunk chunk =
        new Chunk(
            JOB.id(),
            1,
            0,
            List.of(),
            Optional.of(new IndexPosition("CONV#2026-05-04", "CONV#a#b", "META")));

    assertThat(ChunkItems.read(ChunkItems.write(chunk, JOB, 1, Instant.EPOCH))).isEqualTo(chunk);
  }

  /** Older versions named a conversation. The index is read from its beginning then. */
  @Test
  void leaveOutWhereAnOlderVersionHadReadTheIndex() {
    Chunk chunk = new Chunk(JOB.id(), 1, 0, List.of(), Optional.empty());
    Map<String, AttributeValue> item =
        new HashMap<>(ChunkItems.write(chunk, JOB, 1, Instant.EPOCH));
    item.put(
        "position",
        AttributeValue.fromM(
            Map.of(
                "startedAt", AttributeValue.fromS("2026-05-04T10:00:00.000Z"),
                "conversationId", AttributeValue.fromS("c-1"),
                "recordKey", AttributeValue.fromS("SESSION"))));

    assertThat(ChunkItems.read(item)).isEqualTo(chunk);
  }
}
