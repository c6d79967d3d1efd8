package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.application.port.JobConversations.ConversationPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListJobConversationsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, Instant.EPOCH);
  private static final ConversationPosition FROM = new ConversationPosition(2, 7);
  private static final ConversationPage PAGE =
      new ConversationPage(
          List.of(JobConversation.pending(new ConversationId("c-1"))), Optional.empty());

  private final InMemoryJobs jobs = new InMemoryJobs();
  private final List<String> asked = new ArrayList<>();
  private final ListJobConversations listJobConversations =
      new ListJobConversations(
          jobs,
          (job, from, limit) -> {
            asked.add(job.id() + " " + from.chunk() + "#" + from.index() + " " + limit);
            return PAGE;
          });

  ListJobConversationsTest() {
    jobs.add(JOB);
  }

  private Optional<ConversationPage> list(BotId bot, JobId job, int limit) {
    return listJobConversations.list(bot, job, FROM, limit);
  }

  @Test
  void readsAJobOfTheBot() {
    assertThat(list(BOT, JOB.id(), 100)).contains(PAGE);
    assertThat(asked).containsExactly(JOB.id() + " 2#7 100");
  }

  @Test
  void readsNothingOfAnotherBotsJobNorOfNone() {
    assertThat(list(new BotId("st-2"), JOB.id(), 100)).isEmpty();
    assertThat(list(BOT, Jobs.queued(BOT, 2, Instant.EPOCH).id(), 100)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void refusesPagesThatCannotBe(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> list(BOT, JOB.id(), limit));
  }
}
