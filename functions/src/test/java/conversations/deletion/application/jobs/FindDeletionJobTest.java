package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.Terms;
import conversations.deletion.testing.InMemoryJobs;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindDeletionJobTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");

  @Test
  void findsAJobOfTheBotAndOfNoOther() {
    DeletionJob job =
        new DeletionJob(
            BOT,
            JobId.of(BOT, APP, "one"),
            APP,
            new ListedConversations(),
            Instant.EPOCH,
            JobState.submitted(Instant.EPOCH, 1),
            Optional.empty(),
            Terms.NONE);
    InMemoryJobs jobs = new InMemoryJobs();
    jobs.add(job);
    FindDeletionJob findDeletionJob = new FindDeletionJob(jobs);

    assertThat(findDeletionJob.find(BOT, job.id())).contains(job);
    assertThat(findDeletionJob.find(new BotId("st-2"), job.id())).isEmpty();
    assertThat(findDeletionJob.find(BOT, JobId.of(BOT, APP, "two"))).isEmpty();
  }
}
