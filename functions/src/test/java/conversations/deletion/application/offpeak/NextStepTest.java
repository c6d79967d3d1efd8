package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to a job of which holds keep something. */
class NextStepTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId HELD = new ConversationId("c-1");
  private static final ConversationId OPEN = new ConversationId("c-2");
  private static final DeletionJob JOB = withoutWaits(Jobs.queued(BOT, 1, NOW));

  private final OneJob job = new OneJob(JOB, List.of(HELD, OPEN));

  @Test
  void aHeldConversationDoesNotFailWithThoseThatStayOpenForTooLong() {
    HeldLease lease = job.lease();
    job.chunks.put(
        lease.lease(),
        new Chunk(
            JOB.id(),
            1,
            0,
            List.of(
                JobConversation.pending(HELD).held(Reason.HELD),
                JobConversation.pending(OPEN).stillOpen()),
            Optional.empty()));
    JobProgress progress = JobProgress.load(job.chunks, lease);
    progress.remaining().noteIdleAt(NOW.plus(Duration.ofDays(2)));

    NextStep next =
        NextStep.decide(
            progress,
            Optional.empty(),
            new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC),
            NOW);

    assertThat(next).isEqualTo(new NextStep.Hold());
    assertThat(job.chunks.of(JOB.id()).getFirst().conversations())
        .extracting(JobConversation::outcome)
        .containsExactly(Outcome.PENDING, Outcome.FAILED);
  }

  private static DeletionJob withoutWaits(DeletionJob job) {
    Retries none = new Retries(Retries.MAX, 0, 0, Optional.empty(), Optional.empty());
    return job.with(job.state().changed(state -> state.retries = none));
  }
}
