package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.pool.ConversationHeldException;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Store;
import conversations.deletion.simulation.MemoryAttachments;
import conversations.deletion.simulation.MemoryAttachments.Versioning;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttachmentReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final JobConversation PENDING = JobConversation.pending(ONE);

  private final OneJob job = new OneJob(JOB, List.of(ONE));
  private final HeldLease lease = job.lease();
  private MemoryAttachments bucket = new MemoryAttachments(() -> NOW, 1_000);
  private final List<String> calls = new ArrayList<>();
  private Runnable beforeNextPage = () -> {};
  private Runnable beforeAbort = () -> {};
  private Optional<String> refusedUpload = Optional.empty();

  @Test
  void listsAsManyAsAPlanHoldsOfAHundredThousandVersions() {
    for (int i = 0; i < 100_000; i++) {
      bucket.put(key(i % 2 == 0 ? "a" : "b" + i / 1_000));
    }

    Listed listed = list(PENDING);

    assertThat(listed.versions()).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(listed.isWhole()).isFalse();
    assertThat(listed.isEmpty()).isFalse();
    assertThat(calls).as("whole pages of a thousand").containsExactly("list", "list");
  }

  @Test
  void deletesAHundredThousandVersionsPlanByPlanToTheLast() {
    for (int i = 0; i < 100_000; i++) {
      bucket.put(key("a" + i % 3));
    }
    int plans = 0;
    for (Listed listed = list(PENDING); !listed.isEmpty(); listed = list(PENDING)) {
      bucket.delete(listed.versions());
      plans++;
    }

    assertThat(plans).isEqualTo(50);
    assertThat(bucket.list(BOT, ONE, Optional.empty()).versions()).isEmpty();
  }

  /** New versions of a key come before the older ones, which are those that were planned. */
  @Test
  void readsAPlanToItsEndThoughThatLiesWithinAKey() {
    for (int i = 0; i < 10; i++) {
      bucket.put(key("a"));
    }
    JobConversation planned = planned(list(PENDING).versions());
    for (int i = 0; i < 5_000; i++) {
      bucket.put(key("a"));
    }

    Listed listed = list(planned);

    assertThat(listed.fingerprints().intersect(planned.attachments().planned()))
        .isEqualTo(planned.attachments().planned());
    assertThat(listed.versions()).hasSize(Chunk.MAX_PLANNED + 10);
    assertThat(listed.isWhole()).isFalse();
  }

  @Test
  void readsNoFurtherThanThePlanOnceAllThatIsLeftOfItIsFound() {
    bucket.put(key("a"));
    JobConversation planned = planned(list(PENDING).versions());
    for (int i = 0; i < 9_000; i++) {
      bucket.put(key("z"));
    }
    calls.clear();

    assertThat(list(planned).versions()).hasSize(2_000);
    assertThat(calls).hasSize(2);
  }

  @Test
  void markersBeyondAPlanAreLeftToALaterList() {
    for (int i = 0; i < Chunk.MAX_PLANNED + 600; i++) {
      bucket.hide(key("gone%05d".formatted(i)));
    }

    Listed listed = list(PENDING);

    assertThat(listed.isEmpty()).as("no attachment is there").isTrue();
    assertThat(listed.isClean()).isFalse();
    assertThat(listed.markers()).hasSize(Chunk.MAX_PLANNED);
    bucket.delete(listed.markers());
    assertThat(list(PENDING).markers()).hasSize(600);
  }

  @Test
  void aVersionWithoutAnIdIsAnotherOnceItIsReplaced() {
    bucket.set(Versioning.SUSPENDED);
    bucket.put(key("a"));
    JobConversation planned = planned(list(PENDING).versions());
    bucket.put(key("a"));

    Listed listed = list(planned);

    assertThat(listed.versions()).hasSize(1);
    assertThat(planned.seen(Store.ATTACHMENTS, listed.fingerprints()).attachments().deleted())
        .as("the planned one is gone")
        .isEqualTo(1);
  }

  /** A list that goes on after a version without an id goes on where that one stands now. */
  @Test
  void aVersionThatAPageShowsAgainIsListedOnce() {
    bucket = new MemoryAttachments(() -> NOW, 2);
    bucket.set(Versioning.SUSPENDED);
    bucket.put(key("a"));
    bucket.set(Versioning.ON);
    bucket.put(key("a"));
    bucket.hide(key("b"));
    bucket.set(Versioning.SUSPENDED);
    beforeNextPage = () -> bucket.put(key("a"));

    Listed listed = list(PENDING);

    assertThat(listed.versions())
        .extracting(Attachment::version)
        .containsExactlyInAnyOrder("v2", "null");
    assertThat(listed.markers()).hasSize(1);
  }

  @Test
  void abortsAllUnfinishedUploadsPageByPage() {
    bucket = new MemoryAttachments(() -> NOW, 2);
    for (int i = 0; i < 5; i++) {
      bucket.beginUpload(BOT, key("a"));
    }
    bucket.beginUpload(BOT, "st-1/c-10/a");

    Listed listed = look();

    assertThat(listed.isClean()).isTrue();
    assertThat(calls)
        .containsExactly(
            "uploads", "abort", "abort", "uploads", "abort", "abort", "uploads", "abort", "list");
    assertThat(bucket.uploads(BOT, new ConversationId("c-10")).uploads()).hasSize(1);
  }

  @Test
  void abortsNoUploadOfAConversationThatWasNotFoundFree() {
    bucket.beginUpload(BOT, key("a"));

    Listed listed = reader().look(lease, PENDING);

    assertThat(listed.refusal()).containsInstanceOf(ConversationHeldException.class);
    assertThat(bucket.uploads(BOT, ONE).uploads()).hasSize(1);
  }

  @Test
  void listsAnUploadThatIsFinishedBeforeItIsAborted() {
    String upload = bucket.beginUpload(BOT, key("a"));
    beforeAbort = () -> bucket.finishUpload(upload);

    assertThat(look().versions()).extracting(Attachment::key).containsExactly(key("a"));
  }

  @Test
  void tellsWhyAnUploadCouldNotBeAbortedAndAbortsTheOthersAndListsAllTheSame() {
    refusedUpload = Optional.of(bucket.beginUpload(BOT, key("a")));
    bucket.beginUpload(BOT, key("c"));
    bucket.put(key("b"));

    Listed listed = look();

    assertThat(listed.refusal()).containsInstanceOf(AttachmentRefusedException.class);
    assertThat(listed.isClean()).isFalse();
    assertThat(listed.versions()).hasSize(1);
    assertThat(bucket.uploads(BOT, ONE).uploads())
        .extracting(one -> one.id())
        .containsExactly(refusedUpload.get());
  }

  @Test
  void looksAtNothingOfAnIdThatReachesIntoAnother() {
    JobConversation unusable = JobConversation.pending(new ConversationId("c-1/x"));

    assertThat(reader().list(lease, unusable)).isEqualTo(Listed.NOTHING);
    assertThat(reader().look(lease, unusable)).isEqualTo(Listed.NOTHING);
    assertThat(calls).isEmpty();
  }

  private static String key(String name) {
    return MemoryAttachments.prefix(BOT, ONE) + name;
  }

  private static JobConversation planned(List<Attachment> versions) {
    return PENDING.plan(
        Store.ATTACHMENTS,
        Fingerprints.of(versions.stream().map(Attachment::identity).toList()),
        Optional.of(versions.getLast().key()));
  }

  private Listed list(JobConversation conversation) {
    return reader().list(lease, conversation);
  }

  private Listed look() {
    lease.holds().look(ONE, Optional.empty());
    return reader().look(lease, PENDING);
  }

  private AttachmentReader reader() {
    return new AttachmentReader(new Watched());
  }

  /** The bucket, with each call noted. */
  private final class Watched implements Attachments {

    @Override
    public boolean canBeOf(ConversationId conversation) {
      return bucket.canBeOf(conversation);
    }

    @Override
    public AttachmentPage list(
        BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
      calls.add("list");
      if (after.isPresent()) {
        beforeNextPage.run();
        beforeNextPage = () -> {};
      }
      return bucket.list(bot, conversation, after);
    }

    @Override
    public DeletedAttachments delete(List<Attachment> attachments) {
      return bucket.delete(attachments);
    }

    @Override
    public UploadPage uploads(BotId bot, ConversationId conversation) {
      calls.add("uploads");
      return bucket.uploads(bot, conversation);
    }

    @Override
    public void abort(Upload upload) {
      calls.add("abort");
      beforeAbort.run();
      if (refusedUpload.filter(upload.id()::equals).isPresent()) {
        throw new AttachmentRefusedException("AccessDenied");
      }
      bucket.abort(upload);
    }
  }
}
