package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.jobs.PreviewRefusal;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.NoJob;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.ByPreview;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Terms;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A job that is made of a preview deletes what that lists, and nothing else. */
class PreviewedJobsIT {

  @AutoClose private final Engine engine = new Engine();
  private final Previewer previews = new Previewer(engine);

  private ByChannelUser user() {
    return new ByChannelUser(engine.platform.user, Optional.empty(), Optional.empty());
  }

  private Preview completed(DeletionRequest.Described request) {
    return previews.complete(previews.submit(request));
  }

  private Object submit(PreviewId preview) {
    return engine.jobs.submit(new ByPreview(preview, Terms.NONE), Optional.empty());
  }

  private static NoJob refused(PreviewRefusal why) {
    return new NoJob(why);
  }

  @Test
  void deletesWhatItListsLateRecordsIncludedAndNoConversationThatBeganSince() {
    ConversationId one = engine.platform.conversation(5);
    ConversationId two = engine.platform.conversation(3);
    Preview preview = completed(user());
    Instant dayBefore = engine.time.instant().minus(Duration.ofHours(20));
    engine.platform.append(one, "MESSAGE#late", dayBefore);
    ConversationId begunSince = engine.platform.conversation(engine.platform.user, dayBefore, 4);
    Census before = engine.platform.census();

    DeletionJob job = engine.jobs.submit(preview);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).records(0));
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(2).deleted(2).records(9));
    engine.platform.assertExactly(before, one, two);
    assertThat(engine.platform.census().toString()).contains(begunSince.value());
    assertThat(engine.mails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains(preview.id().value()));
  }

  @Test
  void takesAListOfSeveralChunksOverThroughManyRuns() {
    for (int i = 0; i < 250; i++) {
      engine.platform.conversation(2);
    }
    Preview preview = completed(user());
    assertThat(preview.state().progress().chunks()).isEqualTo(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(preview);
    engine.records =
        new RecordsDecorator(engine.records) {
          private int deletes;

          @Override
          public DeleteAnswer delete(List<RecordId> records) {
            if (++deletes % 9 == 0) {
              Killed.now();
            }
            return super.delete(records);
          }
        };

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(250).deleted(250).records(500));
    engine.platform.assertExactly(
        before,
        previews.listed(preview).stream()
            .map(PreviewConversation::conversation)
            .toArray(ConversationId[]::new));
  }

  @Test
  void whatIsGoneOrSomebodyElsesByThenIsSkipped() {
    ConversationId one = engine.platform.conversation(2);
    ConversationId two = engine.platform.conversation(2);
    Preview preview = completed(user());
    engine.platform.changeHeaderUser(two, new ChannelUserId("u-other"));
    Census before = engine.platform.census();

    DeletionJob first = engine.runUntilClosed(engine.jobs.submit(preview));
    DeletionJob second = engine.runUntilClosed(engine.jobs.submit(preview));

    assertThat(first.state().counts())
        .isEqualTo(Counted.conversations(2).deleted(1).skipped(1).records(2));
    assertThat(second.state().counts()).isEqualTo(Counted.conversations(2).skipped(2).records(0));
    assertThat(engine.jobs.outcome(second, one).reason()).contains(Reason.NOT_FOUND);
    assertThat(engine.jobs.outcome(first, two).reason()).contains(Reason.NOT_FOUND);
    engine.platform.assertExactly(before, one);
  }

  @Test
  void canBeMadeOfACompletedPreviewOfTheBotThatHasNotExpired() {
    engine.platform.conversation(2);
    Preview unfinished = previews.submit(user());
    assertThat(submit(unfinished.id())).isEqualTo(refused(PreviewRefusal.NOT_COMPLETED));

    Preview preview = previews.complete(unfinished);
    assertThat(submit(PreviewId.of(preview.bot(), Jobs.CLIENT_APP, "no such")))
        .isEqualTo(refused(PreviewRefusal.UNKNOWN));
    assertThat(submit(preview.id())).isInstanceOf(Accepted.class);

    engine.time.advance(Previewer.GOOD_FOR);
    assertThat(submit(preview.id())).isEqualTo(refused(PreviewRefusal.EXPIRED));

    engine.platform.anotherBot();
    assertThat(submit(preview.id())).isEqualTo(refused(PreviewRefusal.UNKNOWN));
  }

  @Test
  void aRequestThatWasAcceptedIsAcceptedAgainWhenItsPreviewHasExpired() {
    engine.platform.conversation(2);
    Preview preview = completed(user());
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k"));
    ByPreview request = new ByPreview(preview.id(), Terms.NONE);
    Accepted first = (Accepted) engine.jobs.submit(request, key);

    engine.time.advance(Previewer.GOOD_FOR.multipliedBy(3));

    assertThat(((Accepted) engine.jobs.submit(request, key)).job()).isEqualTo(first.job());
  }

  @Test
  void keepsTheListUntilItHasEndedHoweverLongThePreviewHasExpired() {
    ConversationId one = engine.platform.conversation(4);
    Preview preview = completed(user());
    Instant later = engine.time.instant().plus(Duration.ofDays(60));
    DeletionJob job =
        ((Accepted)
                engine.jobs.submit(
                    new ByPreview(preview.id(), new Terms(Optional.empty(), Optional.of(later))),
                    Optional.empty()))
            .job();
    engine.time.advance(Previewer.GOOD_FOR.plus(Duration.ofHours(1)));
    assertThat(previews.forget()).as("a job needs it").isZero();

    engine.time.advanceTo(later);
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(4));
    assertThat(engine.jobs.outcome(job, one).outcome()).isEqualTo(Outcome.DELETED);
    engine.time.advance(Duration.ofHours(13));
    assertThat(previews.forget()).isEqualTo(1);
  }

  @Test
  void aCancelBeforeItBeginsEndsItWhole() {
    engine.platform.conversation(4);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(completed(user()));

    engine.jobs.cancel(job);

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).records(0));
    engine.platform.assertExactly(before);
  }

  /** For tables at random: a preview, then a job of it with nothing written in between. */
  @Test
  void countsAreThoseOfThePreviewConversationByConversation() {
    engine.useBucket();
    for (int trial = 0; trial < 12; trial++) {
      Random random = new Random(trial);
      engine.anotherBot();
      List<ConversationId> all = new ArrayList<>();
      for (int i = 0; i < 3 + random.nextInt(12); i++) {
        all.add(conversation(random, trial + "-" + i));
      }
      all.add(new ConversationId("unknown-" + trial));
      Preview preview = completed(random.nextBoolean() ? user() : new ByConversations(all));
      List<PreviewConversation> shown = previews.listed(preview);

      DeletionJob job = engine.runUntilClosed(engine.jobs.submit(preview));

      assertThat(job.state().counts().total()).as("trial " + trial).isEqualTo(shown.size());
      for (PreviewConversation one : shown) {
        JobConversation done = engine.jobs.outcome(job, one.conversation());
        assertThat(done.records().deleted())
            .as("trial %d: %s", trial, one)
            .isEqualTo(one.extent().records());
        assertThat(done.attachments().deleted()).isEqualTo(one.extent().attachments());
        assertThat(done.retained()).isEqualTo(one.extent().retained());
        assertThat(done.outcome())
            .isEqualTo(one.reason().isPresent() ? Outcome.FAILED : Outcome.DELETED);
        assertThat(done.reason()).isEqualTo(one.reason());
      }
    }
  }

  private ConversationId conversation(Random random, String name) {
    Instant now = engine.time.instant();
    Instant start = now.minus(Duration.ofMinutes(5 + random.nextInt(4_000)));
    ChannelUserId user =
        random.nextInt(5) == 0 ? new ChannelUserId("u-other") : engine.platform.user;
    ConversationId id;
    if (random.nextInt(6) == 0) {
      id = new ConversationId("odd-" + name);
      engine.platform.headerByHand(id.value(), random.nextBoolean() ? "once" : "2019-01-01");
    } else if (random.nextInt(6) == 0) {
      id = new ConversationId("attached-" + name);
      engine.bucket.upload(id, 2);
    } else {
      id = engine.platform.conversation(user, start, 1 + random.nextInt(30));
    }
    if (random.nextInt(3) == 0) {
      engine.bucket.upload(id, 1 + random.nextInt(3));
    }
    if (random.nextInt(8) == 0) {
      engine.platform.append(id, "MESSAGE#young", now.minusSeconds(30));
    }
    return id;
  }
}
