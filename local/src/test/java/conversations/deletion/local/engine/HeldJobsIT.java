package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.application.jobs.CancelDeletionJob.Requested;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Held is held, and what a hold keeps is told to those who may know. */
class HeldJobsIT {

  private static final String DELETE = "Delete Conversations";
  private static final String HOLD = "Hold Conversations";
  private static final Duration DAY = Duration.ofDays(1);

  @AutoClose private final Engine engine = new Engine();
  private final Previewer previews = new Previewer(engine);
  private final ToldByTheApi toDeleters = new ToldByTheApi(engine, DELETE);
  private final ToldByTheApi toHolders = new ToldByTheApi(engine, DELETE, HOLD);

  /** Runs as often as it takes for what can be done today. */
  private void runAll() {
    for (int runs = 0; runs < 4; runs++) {
      engine.run();
      engine.time.advance(Duration.ofSeconds(1));
      engine.showMessages();
    }
  }

  private static JsonNode entry(JsonNode conversations, ConversationId id) {
    for (JsonNode one : conversations) {
      if (one.path("conversationId").asText().equals(id.value())) {
        return one;
      }
    }
    throw new AssertionError(id + " is not in " + conversations);
  }

  @Test
  void aJobDeletesTheRestThenIsOnHoldAndCompletedInTheWindowAfterTheRelease() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId free = engine.platform.conversation(3);
    Hold hold = engine.holds.on(held);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(held, free);

    runAll();

    engine.platform.assertExactly(before, free);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.ON_HOLD);
    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(2).deleted(1).held(1).records(3));
    assertThat(toDeleters.job(job).path("status").asText()).isEqualTo("on_hold");
    assertThat(toDeleters.job(job).path("result").path("heldCount").asLong()).isEqualTo(1);
    assertThat(toDeleters.jobsOfStatus("on_hold")).containsExactly(job.id().value());
    assertThat(toDeleters.jobsOfStatus("queued")).isEmpty();
    JsonNode outcome = entry(toDeleters.conversations(job), held);
    assertThat(outcome.path("outcome").asText()).isEqualTo("pending");
    assertThat(outcome.path("reason").asText()).isEqualTo("held");
    assertThat(toHolders.conversations(job)).isEqualTo(toDeleters.conversations(job));
    assertThat(engine.jobs.changeLog())
        .filteredOn(entry -> entry.contains("on hold"))
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("1 of 2 conversations").contains("1 held"));

    Instant until = engine.holds.release(hold);
    runAll();
    assertThat(engine.jobs.state(job).status())
        .as("a release starts nothing by itself")
        .isEqualTo(JobStatus.ON_HOLD);
    engine.platform.assertExactly(before, free);

    engine.time.advanceTo(until);
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(2).deleted(2).records(8));
    assertThat(toDeleters.job(job).path("result").path("heldCount").asLong()).isZero();
    assertThat(toDeleters.jobsOfStatus("on_hold")).isEmpty();
    engine.platform.assertExactly(before, held, free);
  }

  @Test
  void aHoldOnAChannelUserKeepsAConversationThatBeganLaterFromAJobThatListsIt() {
    engine.holds.onUser();
    engine.time.advance(DAY);
    Instant begun = engine.time.instant().minus(Duration.ofHours(2));
    ConversationId begunLater = engine.platform.conversation(engine.platform.user, begun, 4);
    ConversationId ofAnother =
        engine.platform.conversation(new ChannelUserId("u-another"), begun, 2);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(begunLater, ofAnother);

    runAll();

    engine.platform.assertExactly(before, ofAnother);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.ON_HOLD);
    assertThat(engine.jobs.outcome(job, begunLater).reason()).contains(Reason.HELD);
  }

  @Test
  void aConversationWhoseChannelUserNobodyCanTellIsKeptWhileAHoldOnAUserStands() {
    engine.useBucket();
    ConversationId attachmentsOnly = new ConversationId("attachments-only");
    engine.bucket.upload(attachmentsOnly, 2);
    Hold hold = engine.holds.onUser();
    DeletionJob job = engine.jobs.submit(attachmentsOnly);

    runAll();

    assertThat(entry(toDeleters.conversations(job), attachmentsOnly).path("reason").asText())
        .isEqualTo("user_unknown");
    assertThat(engine.bucket.census()).hasSize(2);

    engine.time.advanceTo(engine.holds.release(hold));
    assertThat(engine.runUntilClosed(job).state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.bucket.census()).isEmpty();
  }

  @Test
  void aJobThatWaitsForAConfidentialHoldAloneLooksQueuedAndItsConversationPending() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId free = engine.platform.conversation(3);
    Hold hold = engine.holds.inConfidenceOn(held);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(held, free);

    runAll();

    engine.platform.assertExactly(before, free);
    assertThat(toDeleters.job(job).path("status").asText()).isEqualTo("queued");
    assertThat(toDeleters.job(job).path("result").path("heldCount").asLong()).isZero();
    assertThat(toDeleters.jobsOfStatus("on_hold")).isEmpty();
    assertThat(toDeleters.jobsOfStatus("queued")).containsExactly(job.id().value());
    JsonNode outcome = entry(toDeleters.conversations(job), held);
    assertThat(outcome.path("outcome").asText()).isEqualTo("pending");
    assertThat(outcome.has("reason")).isFalse();
    assertThat(engine.jobs.changeLog()).noneMatch(entry -> entry.contains("hold"));

    assertThat(toHolders.job(job).path("result").path("heldCount").asLong()).isEqualTo(1);
    assertThat(entry(toHolders.conversations(job), held).path("reason").asText()).isEqualTo("held");

    engine.time.advanceTo(engine.holds.release(hold));
    assertThat(engine.runUntilClosed(job).state().status()).isEqualTo(JobStatus.COMPLETED);
    engine.platform.assertExactly(before, held, free);
  }

  @Test
  void aJobOnHoldDoesNotCountAsOpen() {
    ConversationId held = engine.platform.conversation(2);
    engine.holds.on(held);
    engine.jobs.submit(held);
    DynamoDbOpenJobs open =
        new DynamoDbOpenJobs(engine.stack.dynamoDb(), engine.stack.table("DeletionJobsTable"));
    assertThat(open.count(engine.platform.bot(), 10)).isEqualTo(1);

    runAll();

    assertThat(open.count(engine.platform.bot(), 10)).isZero();
  }

  @Test
  void aJobOnHoldIsCancelledByTheNextRunAndTheHoldStands() {
    ConversationId held = engine.platform.conversation(2);
    ConversationId free = engine.platform.conversation(2);
    engine.holds.on(held);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(held, free);
    runAll();

    assertThat(engine.jobs.cancel(job)).isInstanceOf(Requested.class);
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts())
        .as("what the hold keeps was not begun, so it is neither deleted nor failed")
        .isEqualTo(Counted.conversations(2).deleted(1).held(1).records(2));
    engine.platform.assertExactly(before, free);
  }

  @Test
  void aPreviewTellsWhatIsHeldAndInConfidenceOnlyToThoseWhoMaySeeHolds() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId secret = engine.platform.conversation(3);
    ConversationId free = engine.platform.conversation(2);
    engine.holds.on(held);
    engine.holds.inConfidenceOn(held, secret);

    Preview preview =
        previews.complete(
            previews.submit(
                new ByChannelUser(engine.platform.user, Optional.empty(), Optional.empty())));

    assertThat(toDeleters.result(preview).path("held").asLong()).isEqualTo(1);
    assertThat(toHolders.result(preview).path("held").asLong()).isEqualTo(2);
    assertThat(toDeleters.result(preview).path("records").asLong()).isEqualTo(10);
    assertThat(isHeld(toDeleters, preview, held)).isTrue();
    assertThat(isHeld(toDeleters, preview, secret)).isFalse();
    assertThat(isHeld(toDeleters, preview, free)).isFalse();
    assertThat(isHeld(toHolders, preview, held)).isTrue();
    assertThat(isHeld(toHolders, preview, secret)).isTrue();
    assertThat(isHeld(toHolders, preview, free)).isFalse();
  }

  private static boolean isHeld(ToldByTheApi told, Preview preview, ConversationId id) {
    return entry(told.conversations(preview), id).path("held").asBoolean();
  }

  @Test
  void aPreviewKnowsTheUserOfAListedConversationThatIsReadOverSeveralRuns() {
    engine.useBucket();
    ConversationId giant = engine.platform.conversation(400);
    ConversationId attachmentsOnly = new ConversationId("attachments-only");
    engine.bucket.upload(attachmentsOnly, 1);
    ConversationId ofAnother =
        engine.platform.conversation(
            new ChannelUserId("u-another"), engine.time.instant().minus(DAY), 2);
    engine.holds.onUser();
    previews.pageSize = 50;
    Preview preview =
        previews.submit(new ByConversations(List.of(giant, attachmentsOnly, ofAnother)));
    previews.beforeCall = _ -> engine.time.advance(Duration.ofSeconds(4));

    int runs = 0;
    while (!previews.find(preview).state().status().isEnd() && ++runs < 50) {
      previews.run(preview, Duration.ofSeconds(30));
    }

    assertThat(runs).isGreaterThan(1);
    assertThat(previews.listed(preview, giant).hold()).contains(Reason.HELD);
    assertThat(previews.listed(preview, attachmentsOnly).hold()).contains(Reason.USER_UNKNOWN);
    assertThat(previews.listed(preview, ofAnother).hold()).isEmpty();
  }

  @Test
  void aJobThatIsBoundToAPreviewWaitsForAHoldThatWasPlacedSince() {
    ConversationId held = engine.platform.conversation(5);
    ConversationId free = engine.platform.conversation(3);
    Preview preview = previews.complete(previews.submit(new ByConversations(List.of(held, free))));
    assertThat(toDeleters.result(preview).path("held").asLong()).isZero();
    Hold hold = engine.holds.on(held);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(preview);

    runAll();

    engine.platform.assertExactly(before, free);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.ON_HOLD);

    engine.time.advanceTo(engine.holds.release(hold));
    assertThat(engine.runUntilClosed(job).state().status()).isEqualTo(JobStatus.COMPLETED);
    engine.platform.assertExactly(before, held, free);
  }
}
