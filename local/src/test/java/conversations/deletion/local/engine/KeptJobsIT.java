package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbJobConversations;
import conversations.deletion.application.jobs.CancelDeletionJob.Cancelled;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.KeyReused;
import conversations.deletion.application.jobs.SubmitDeletionJob.Outcome;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.RequestType;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is kept of a job, how long, and for what purpose: to recognise a repeated request. */
class KeptJobsIT {

  private static final Optional<IdempotencyKey> KEY = Optional.of(new IdempotencyKey("key-1"));

  @AutoClose private final Engine engine = new Engine();

  @Test
  void fiftySimultaneousRequestsWithOneKeyMakeOneJobAndGetFiftyEqualAnswers() throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    DeletionRequest request = new ByConversations(List.of(new ConversationId("c-1")));
    List<Callable<Outcome>> requests =
        IntStream.range(0, 50)
            .<Callable<Outcome>>mapToObj(_ -> () -> engine.jobs.submit(request, KEY))
            .toList();

    List<Outcome> outcomes;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes = threads.invokeAll(requests).stream().map(Future::resultNow).distinct().toList();
    }

    assertThat(outcomes).singleElement().isInstanceOf(Accepted.class);
    assertThat(engine.jobs.changeLog()).hasSize(1);
  }

  @Test
  void forgetsWhomAJobWasAboutAndStillKnowsItsRequestAgain() {
    engine.platform.conversation(3);
    DeletionRequest request = userRequest();
    DeletionJob job = submit(request);
    engine.time.advance(Duration.ofMinutes(5));
    engine.runUntilClosed(job);
    assertThat(engine.jobs.find(job).target()).isInstanceOf(ChannelUserConversations.class);
    assertThat(engine.jobs.chunks(job)).isNotEmpty();

    engine.time.advance(Engine.DETAIL_RETENTION.minusHours(1));
    engine.run();
    assertThat(engine.jobs.find(job).target()).isInstanceOf(ChannelUserConversations.class);

    engine.time.advance(Duration.ofHours(2));
    engine.run();

    DeletionJob forgotten = engine.jobs.find(job);
    assertThat(forgotten.target()).isEqualTo(new Forgotten(RequestType.CHANNEL_USER));
    assertThat(forgotten.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(forgotten.state().counts().deletedRecords()).isEqualTo(3);
    assertThat(engine.jobs.chunks(job)).isEmpty();
    assertThat(engine.stack.items("DeletionJobsTable").stream().map(Object::toString))
        .noneMatch(item -> item.contains(engine.platform.user.value()));
    assertThat(((Accepted) engine.jobs.submit(request, KEY)).job().id()).isEqualTo(job.id());
    assertThat(engine.jobs.submit(new ByConversations(List.of(new ConversationId("c-1"))), KEY))
        .isEqualTo(new KeyReused());
  }

  /** Three chunks of a channel user's job stay behind when its item expires. */
  @Test
  void theSameKeyAgainMeetsNoChunkOfTheExpiredJob() {
    for (int i = 0; i < 201; i++) {
      engine.platform.conversation(1);
    }
    DeletionJob expired = submit(userRequest());
    engine.time.advance(Duration.ofMinutes(5));
    engine.runUntilClosed(expired);
    assertThat(engine.jobs.chunks(expired)).hasSizeGreaterThan(2);
    engine.jobsByHand.expire(expired);
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();

    DeletionJob again = submit(new ByConversations(List.of(one)));
    assertThat(again.id()).isEqualTo(expired.id());
    DeletionJob closed = engine.runUntilClosed(again);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, one);
    assertThat(engine.jobs.chunks(again)).hasSize(1);
    assertThat(listed(again)).extracting(JobConversation::conversation).containsExactly(one);
  }

  /** The new job writes its chunks under the numbers of the old one's. */
  @Test
  void theSameKeyAgainWritesOverTheChunksOfTheExpiredJob() {
    for (int i = 0; i < 101; i++) {
      engine.platform.conversation(1);
    }
    DeletionJob expired = submit(userRequest());
    engine.time.advance(Duration.ofMinutes(5));
    engine.runUntilClosed(expired);
    engine.jobsByHand.expire(expired);
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();

    DeletionJob again = submit(userRequest());
    engine.time.advance(Duration.ofMinutes(5));
    DeletionJob closed = engine.runUntilClosed(again);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, one);
    engine.time.advance(Engine.DETAIL_RETENTION.plusHours(1));
    engine.run();
    assertThat(engine.stack.items("DeletionJobConversationsTable"))
        .as("both jobs' chunks are dropped together")
        .isEmpty();
  }

  private DeletionRequest userRequest() {
    return new ByChannelUser(engine.platform.user, Optional.empty(), Optional.empty());
  }

  private DeletionJob submit(DeletionRequest request) {
    return ((Accepted) engine.jobs.submit(request, KEY)).job();
  }

  /** As the API lists them. */
  private List<JobConversation> listed(DeletionJob job) {
    return new DynamoDbJobConversations(
            engine.stack.dynamoDb(), engine.stack.table("DeletionJobConversationsTable"))
        .list(job, ConversationPosition.START, 100)
        .conversations();
  }

  @Test
  void forgetsTheIdsOfAJobThatWasCancelledBeforeAnyRunPickedItUp() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    assertThat(engine.jobs.cancel(job)).isInstanceOf(Cancelled.class);
    engine.runUntilClosed(job);
    assertThat(engine.stack.items("DeletionJobConversationsTable")).isNotEmpty();

    engine.time.advance(Engine.DETAIL_RETENTION.plusHours(1));
    engine.run();

    assertThat(engine.stack.items("DeletionJobConversationsTable")).isEmpty();
    assertThat(engine.jobs.find(job).target())
        .isEqualTo(new Forgotten(RequestType.CONVERSATION_IDS));
  }

  @Test
  void forgetsTheIdsThatWereListed() {
    ConversationId one = engine.platform.conversation(3);
    DeletionJob job = engine.jobs.submit(one);
    engine.runUntilClosed(job);

    engine.time.advance(Engine.DETAIL_RETENTION.plusHours(1));
    engine.run();
    engine.run();

    assertThat(
            engine.stack.items("DeletionJobConversationsTable").stream()
                .map(Object::toString)
                .collect(Collectors.joining()))
        .doesNotContain(one.value());
    assertThat(engine.jobs.find(job).target())
        .isEqualTo(new Forgotten(RequestType.CONVERSATION_IDS));
  }
}
