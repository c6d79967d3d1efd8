package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Scan;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
