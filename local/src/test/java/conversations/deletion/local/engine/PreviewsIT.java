package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.PreviewLists.PreviewPage;
import conversations.deletion.application.previews.ListPreviewConversations.Expired;
import conversations.deletion.application.previews.ListPreviewConversations.NotCompleted;
import conversations.deletion.application.previews.SubmitPreview.Accepted;
import conversations.deletion.application.previews.SubmitPreview.KeyReused;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewFailure;
import conversations.deletion.domain.PreviewStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** A preview counts and lists what a job would delete, and changes nothing. */
class PreviewsIT {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  @AutoClose private final Engine engine = new Engine();
  private final Previewer previews = new Previewer(engine);

  private ByChannelUser user() {
    return new ByChannelUser(engine.platform.user, Optional.empty(), Optional.empty());
  }

  private static ByConversations conversations(ConversationId... ids) {
    return new ByConversations(List.of(ids));
  }

  private static PreviewCounts counts(Preview preview) {
    return preview.state().progress().counts();
  }

  @Test
  void countsRecordsAttachmentsAndWhatIsNotThereAndChangesNothing() {
    engine.useBucket();
    ConversationId large = engine.platform.conversation(40);
    ConversationId small = engine.platform.conversation(3);
    engine.bucket.upload(large, 4);
    engine.bucket.upload(large, "recording-0");
    engine.bucket.mark(large, "recording-0");
    Census records = engine.platform.census();
    SortedSet<String> bucket = engine.bucket.census();

    Preview preview =
        previews.complete(
            previews.submit(conversations(large, small, new ConversationId("unknown"))));

    assertThat(preview.state().status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(counts(preview).conversations()).isEqualTo(2);
    assertThat(counts(preview).notFound()).isEqualTo(1);
    assertThat(counts(preview).extent().records()).isEqualTo(43);
    assertThat(counts(preview).extent().attachments()).isEqualTo(5);
    assertThat(counts(preview).extent().attachmentBytes()).isEqualTo(5 * "content".length());
    assertThat(previews.listed(preview))
        .extracting(PreviewConversation::conversation)
        .containsExactly(large, small);
    engine.platform.assertExactly(records);
    assertThat(engine.bucket.census()).isEqualTo(bucket);
  }

  @Test
  void readsTheIndexNotBeforeItHasHadTimeToSettle() {
    Preview preview = previews.submit(user());
    assertThat(previews.sent)
        .singleElement()
        .satisfies(sent -> assertThat(sent.delay()).isEqualTo(Previewer.INDEX_SETTLE));

    previews.run(preview, FIVE_MINUTES);

    assertThat(previews.find(preview).state().status()).isEqualTo(PreviewStatus.QUEUED);
    assertThat(previews.sent).hasSize(2);
    engine.time.advance(Previewer.INDEX_SETTLE);
    previews.run(preview, FIVE_MINUTES);
    assertThat(previews.find(preview).state().status()).isEqualTo(PreviewStatus.COMPLETED);
  }

  @Test
  void listsAChannelUsersConversationsByTheirStartAndCountsWhatIsOpenOrBeganBefore() {
    Instant now = engine.time.instant();
    ConversationId second =
        engine.platform.conversation(engine.platform.user, now.minus(Duration.ofDays(1)), 2);
    ConversationId first =
        engine.platform.conversation(engine.platform.user, now.minus(Duration.ofDays(2)), 5);
    ConversationId open =
        engine.platform.conversation(engine.platform.user, now.minusSeconds(90), 4);
    engine.platform.conversation(engine.platform.user, Instant.parse("2019-12-31T00:00:00Z"), 9);
    engine.platform.conversation(new ChannelUserId("u-other"), now.minus(Duration.ofDays(1)), 7);

    Preview preview = previews.complete(previews.submit(user()));

    assertThat(previews.listed(preview))
        .extracting(PreviewConversation::conversation)
        .containsExactly(first, second, open);
    assertThat(previews.listed(preview))
        .extracting(PreviewConversation::isOpen)
        .containsExactly(false, false, true);
    assertThat(counts(preview).open()).isEqualTo(1);
    assertThat(counts(preview).beforeStart()).isEqualTo(1);
    assertThat(counts(preview).extent().records()).isEqualTo(11);
    assertThat(counts(preview).started())
        .contains(
            new DateRange(
                Timestamps.toMillis(now.minus(Duration.ofDays(2))), now.minusSeconds(90)));
  }

  @Test
  void tellsWhatAJobCouldNotDelete() {
    engine.platform.headerByHand("odd-start", "when it rained");

    Preview preview = previews.complete(previews.submit(user()));

    assertThat(counts(preview).conversations()).isEqualTo(1);
    assertThat(counts(preview).failing()).isEqualTo(1);
    assertThat(counts(preview).extent().records()).isZero();
    assertThat(previews.listed(preview, new ConversationId("odd-start")).reason())
        .contains(Reason.START_UNREADABLE);
  }

  @Test
  void ofNothingIsCompletedWithZeros() {
    Preview preview = previews.complete(previews.submit(user()));

    assertThat(preview.state().status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(counts(preview)).isEqualTo(PreviewCounts.NONE);
    assertThat(previews.listed(preview)).isEmpty();
  }

  @Test
  void goesOnWhereARunStoppedThroughManyRunsAndKills() {
    List<ConversationId> all = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      all.add(engine.platform.conversation(2));
    }
    Preview preview = previews.submit(user());
    engine.time.advance(Previewer.INDEX_SETTLE);
    int[] calls = {0};
    previews.beforeCall =
        call -> {
          // Each call takes a while, and the worker dies in the midst of some.
          engine.time.advance(Duration.ofMillis(250));
          if (++calls[0] % 61 == 0) {
            throw new Killed();
          }
        };

    int runs = 0;
    while (!previews.find(preview).state().status().isEnd() && ++runs < 100) {
      try {
        previews.run(preview, Duration.ofSeconds(20));
      } catch (Killed _) {
        engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
      }
    }

    assertThat(runs).isGreaterThan(3);
    assertThat(previews.find(preview).state().status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(counts(previews.find(preview)).extent().records()).isEqualTo(260);
    assertThat(previews.listed(preview))
        .extracting(PreviewConversation::conversation)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aConversationThatTakesLongerThanARunIsReadOverSeveral() {
    engine.useBucket();
    ConversationId giant = engine.platform.conversation(900);
    engine.bucket.upload(giant, 3);
    previews.pageSize = 100;
    Preview preview = previews.submit(conversations(giant));
    previews.beforeCall = _ -> engine.time.advance(Duration.ofSeconds(4));

    int runs = 0;
    while (!previews.find(preview).state().status().isEnd() && ++runs < 50) {
      previews.run(preview, Duration.ofSeconds(30));
    }

    assertThat(runs).isGreaterThan(2);
    assertThat(counts(previews.find(preview)).extent().records()).isEqualTo(900);
    assertThat(counts(previews.find(preview)).extent().attachments()).isEqualTo(3);
  }

  @Test
  void anotherWorkerThatComesLateChangesNothing() {
    engine.platform.conversation(3);
    Preview preview = previews.submit(user());
    engine.time.advance(Previewer.INDEX_SETTLE);
    boolean[] isOvertaken = {false};
    previews.beforeCall =
        call -> {
          if (call.equals("save") && !isOvertaken[0]) {
            isOvertaken[0] = true;
            engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
            previews.run(preview, FIVE_MINUTES);
          }
        };

    previews.run(preview, FIVE_MINUTES);

    assertThat(isOvertaken[0]).isTrue();
    assertThat(previews.find(preview).state().status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(counts(previews.find(preview)).extent().records()).isEqualTo(3);
    assertThat(counts(previews.find(preview)).conversations()).isEqualTo(1);
  }

  @Test
  void aLostMessageIsSentAgainByTheHousekeeping() {
    Preview preview = previews.submit(user());
    previews.sent.clear();
    assertThat(previews.sweep()).as("too early").isZero();

    engine.time.advance(Duration.ofMinutes(7));

    assertThat(previews.sweep()).isEqualTo(1);
    assertThat(previews.sent).containsExactly(new Previewer.Sent(preview.ref(), Duration.ZERO));
    assertThat(previews.sweep()).as("it was put off").isZero();
  }

  @Test
  void theSameKeyGivesTheFirstPreviewAndAnotherRequestIsRefused() {
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("key-1"));
    ConversationId one = engine.platform.conversation(2);

    Accepted first = (Accepted) previews.submit(conversations(one), key);
    engine.time.advance(Duration.ofMinutes(1));

    assertThat(previews.submit(conversations(one), key))
        .isEqualTo(new Accepted(first.preview(), Duration.ZERO, true));
    assertThat(previews.submit(user(), key)).isEqualTo(new KeyReused());
  }

  @Test
  void ofATableThatIsUnfitFailsAndSaysSo() {
    previews.faults = List.of("key_schema: the table has another key");
    Preview preview = previews.complete(previews.submit(conversations(new ConversationId("a"))));

    assertThat(preview.state().status()).isEqualTo(PreviewStatus.FAILED);
    assertThat(preview.state().failure()).contains(PreviewFailure.STORE_UNFIT);
  }

  @Test
  void anOutageCostsItNothingForAnHour() {
    ConversationId one = engine.platform.conversation(5);
    Preview preview = previews.submit(conversations(one));
    Instant mended = engine.time.instant().plus(Duration.ofMinutes(40));
    previews.beforeCall =
        call -> {
          if (call.equals("read") && engine.time.instant().isBefore(mended)) {
            throw ProvisionedThroughputExceededException.builder().build();
          }
        };

    Preview ended = previews.complete(preview);

    assertThat(ended.state().status()).isEqualTo(PreviewStatus.COMPLETED);
    assertThat(counts(ended).extent().records()).isEqualTo(5);
  }

  @Test
  void anOutageOfHoursFailsIt() {
    Preview preview = previews.submit(conversations(engine.platform.conversation(5)));
    previews.beforeCall =
        call -> {
          if (call.equals("read")) {
            throw ProvisionedThroughputExceededException.builder().build();
          }
        };

    Preview ended = previews.complete(preview);

    assertThat(ended.state().failure()).contains(PreviewFailure.UNAVAILABLE);
    assertThat(ended.state().completedAt().orElseThrow())
        .isBetween(
            preview.submittedAt().plus(Duration.ofMinutes(60)),
            preview.submittedAt().plus(Duration.ofMinutes(75)));
  }

  @Test
  void tryAfterTryThatFailsByItselfFailsIt() {
    Preview preview = previews.submit(conversations(engine.platform.conversation(5)));
    previews.beforeCall =
        call -> {
          if (call.equals("read")) {
            throw new IllegalStateException("a fault of its own");
          }
        };

    assertThat(previews.complete(preview).state().failure()).contains(PreviewFailure.NO_PROGRESS);
  }

  @Test
  void itsListCanBeReadFromItsEndToItsExpiryAndIsForgottenThen() {
    ConversationId one = engine.platform.conversation(2);
    Preview preview = previews.submit(user());
    ConversationPosition start = ConversationPosition.START;
    assertThat(previews.list(preview, start, 10)).isEqualTo(new NotCompleted());
    Preview completed = previews.complete(preview);
    assertThat(previews.listed(preview)).extracting(it -> it.conversation()).containsExactly(one);
    assertThat(previews.forget()).isZero();

    engine.time.advance(Previewer.GOOD_FOR.plus(Duration.ofMinutes(2)));

    assertThat(previews.list(preview, start, 10)).isEqualTo(new Expired());
    assertThat(previews.forget()).isEqualTo(1);
    Preview forgotten = previews.find(preview);
    assertThat(forgotten.target()).isEqualTo(new Forgotten(completed.target().requestType()));
    assertThat(counts(forgotten)).isEqualTo(counts(completed));
    assertThat(previews.lists().page(completed, start, 10))
        .isEqualTo(new PreviewPage(List.of(), Optional.empty()));
    assertThat(previews.forget()).isZero();
  }
}
