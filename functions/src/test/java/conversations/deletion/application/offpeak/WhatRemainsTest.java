package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Reason;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a job's conversations wait for. */
class WhatRemainsTest {

  private static final ConversationId ONE = new ConversationId("c-1");

  private final WhatRemains remains = new WhatRemains();

  @Test
  void aJobWaitsByTheOldestVersionByWhichAnythingIsKept() {
    remains.noteKept(kept(5));
    remains.noteKept(kept(7));

    assertThat(remains.holdsSeen()).isEqualTo(5);
  }

  @Test
  void nothingIsHeldOfAConversationThatWasDropped() {
    Chunk stored =
        new Chunk(
            Jobs.queued(new BotId("st-1"), 1, Instant.EPOCH).id(),
            1,
            0,
            List.of(JobConversation.pending(ONE).held(Reason.HELD)),
            Optional.empty());
    remains.remember(stored);
    assertThat(remains.anythingHeld()).isTrue();

    remains.dropped(Set.of(ONE));

    assertThat(remains.anythingHeld()).isFalse();
  }

  private static Kept kept(long version) {
    return new Kept(Reason.HELD, Set.of(new HoldId("h-1")), false, version);
  }
}
