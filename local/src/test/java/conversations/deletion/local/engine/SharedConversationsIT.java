package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two jobs of a run about the same conversations: each record is deleted and counted once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedConversationsIT {

  private static final int RECORDS = 100;

  @AutoClose private final Engine engine = new Engine();

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch met = new CountDownLatch(1);
  private DeletionJob list;
  private DeletionJob user;

  @BeforeEach
  void workOnTwoJobsAtATime() {
    engine.jobsAtOnce = 2;
    engine.chunksAtOnce = 2;
    engine.passTimeForReal();
  }

  @Test
  void theJobThatWaitedForAnotherSkipsWhatThatDeleted() {
    ConversationId one = engine.platform.conversation(RECORDS);
    engine.records = new Meeting(engine.records);
    // The list's plan is stored first, and then the chunk in which the user's job waits.
    engine.interception.after("JobChunks.put", 2, met::countDown);

    runBoth(one);

    assertThat(engine.jobs.outcome(list, one).outcome()).isEqualTo(Outcome.DELETED);
    JobConversation skipped = engine.jobs.outcome(user, one);
    assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(skipped.reason()).contains(Reason.DELETED_BY_ANOTHER_JOB);
  }

  @Test
  void eachOfManyConversationsIsDeletedByOneJob() {
    ConversationId[] all =
        Stream.generate(() -> engine.platform.conversation(10))
            .limit(RECORDS / 10)
            .toArray(ConversationId[]::new);
    engine.records = new Meeting(engine.records);

    runBoth(all);

    assertThat(Stream.of(list, user).flatMap(job -> deletedBy(job).stream()))
        .as("each by one job, and by one only")
        .containsExactlyInAnyOrder(all);
  }

  private void runBoth(ConversationId... conversations) {
    Census before = engine.platform.census();
    list = engine.jobs.submit(conversations);
    user = engine.jobs.submitSettledUser();

    engine.run();

    assertThat(List.of(list, user))
        .allSatisfy(
            job -> assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED));
    assertThat(
            engine.jobs.counts(list).deletedRecords() + engine.jobs.counts(user).deletedRecords())
        .isEqualTo(RECORDS);
    assertThat(engine.jobs.counts(list).deleted() + engine.jobs.counts(user).deleted())
        .isEqualTo(conversations.length);
    engine.platform.assertExactly(before, conversations);
  }

  private List<ConversationId> deletedBy(DeletionJob job) {
    return engine.jobs.chunks(job).stream()
        .map(Chunk::conversations)
        .flatMap(List::stream)
        .filter(one -> one.outcome() == Outcome.DELETED)
        .map(JobConversation::conversation)
        .toList();
  }

  /**
   * The user's job finds its conversations once the first delete of the other job is under way.
   * That delete takes until the user's job has met a conversation.
   */
  private final class Meeting extends RecordsDecorator {

    Meeting(ConversationRecords real) {
      super(real);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      await(begun);
      IndexPage page = super.find(bot, wanted, after, limit);
      if (page.conversations().size() > 1) {
        met.countDown();
      }
      return page;
    }

    @Override
    public DeleteAnswer delete(List<RecordId> records) {
      begun.countDown();
      await(met);
      return super.delete(records);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
