package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.pool.AttachmentDeleter;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Hold.Release;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryAttachments;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations that a hold keeps, or comes to keep while a worker deletes them. */
@Timeout(30)
class HeldConversationsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("holders");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");
  private static final ConversationId OTHER = new ConversationId("c-2");

  /** By then what is known of holds is read again. */
  private static final Duration UNTIL_NEXT_READ = Duration.ofSeconds(16);

  private final MemoryRecords records = new MemoryRecords(() -> NOW, Lags.NONE, 2_500);
  private final MemoryAttachments bucket = new MemoryAttachments(() -> NOW, 1_000);
  private final OneJob job = new OneJob(JOB, List.of(ONE, OTHER));

  /** What happens after each delete of records or attachments, in turn. */
  private final Deque<Runnable> afterDeletes = new ArrayDeque<>();

  private int lastHold;

  @Test
  void aHoldThatComesBetweenTwoRequestsStopsAConversationWhereItIs() {
    write(ONE, 3);
    write(OTHER, 2);
    afterDeletes.add(this::holdOne);

    erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(records.of(BOT, ONE)).as("the header, which goes last").hasSize(1);
    assertThat(find(OTHER).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(records.of(BOT, OTHER)).isEmpty();
  }

  @Test
  void aWallClockThatIsSetBackDoesNotPutOffTheNextLook() {
    write(ONE, 3);
    afterDeletes.add(
        () -> {
          holdOne();
          job.now = job.now.minus(Duration.ofHours(1));
        });

    erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(records.of(BOT, ONE)).hasSize(1);
  }

  @Test
  void aHoldThatComesBetweenTwoRequestsKeepsTheRestOfTheAttachments() {
    write(ONE, 3);
    for (int i = 0; i < 1_200; i++) {
      bucket.put(MemoryAttachments.prefix(BOT, ONE) + "a");
    }
    afterDeletes.add(this::holdOne);

    erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(bucket.list(BOT, ONE, Optional.empty()).versions()).hasSize(200);
    assertThat(records.of(BOT, ONE)).hasSize(4);
  }

  @Test
  void aHoldThatComesBeforeTheLastLookKeepsAnUnfinishedUpload() {
    write(ONE, 1);
    bucket.beginUpload(BOT, MemoryAttachments.prefix(BOT, ONE) + "a");
    afterDeletes.add(() -> {});
    afterDeletes.add(this::holdOne);

    erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(records.of(BOT, ONE)).isEmpty();
    assertThat(bucket.uploads(BOT, ONE).uploads()).hasSize(1);
  }

  @Test
  void whatNobodyKnowsTheUserOfIsKeptWhileAHoldOnAnyUserStands() {
    write(ONE, 3);
    promise(add(new HeldChannelUser(new ChannelUserId("u-9"))));

    erase();

    assertHeld(ONE, Reason.USER_UNKNOWN);
    assertThat(records.of(BOT, ONE)).hasSize(4);
  }

  @Test
  void aReleasedHoldKeepsUntilTheNextWindowOpens() {
    write(ONE, 3);
    release(promise(add(new HeldConversations(List.of(ONE)))), NOW.plus(Duration.ofHours(20)));

    JobProgress progress = erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(progress.remaining().holdsSeen()).as("it ends by itself").isZero();
  }

  @Test
  void noVersionIsAwaitedWhereAHoldThatWasNotPromisedEndsWithTheOthers() {
    write(ONE, 3);
    release(promise(add(new HeldConversations(List.of(OTHER)))), NOW.plus(Duration.ofHours(20)));
    add(new HeldConversations(List.of(ONE)));

    JobProgress progress = erase();

    assertHeld(ONE, Reason.HELD);
    assertThat(progress.remaining().holdsSeen()).isZero();
  }

  private void holdOne() {
    promise(add(new HeldConversations(List.of(ONE))));
    job.pass(UNTIL_NEXT_READ);
  }

  private Hold add(HoldTarget target) {
    Hold hold =
        Hold.placed(
            BOT,
            new HoldId("h-" + ++lastHold),
            new HoldRequest(target, new HoldReason("a case"), Optional.empty(), false),
            NOW,
            APP);
    job.holds.add(hold);
    return hold;
  }

  private Hold promise(Hold hold) {
    job.holds.promise(hold, NOW.plusSeconds(30), Optional.empty());
    return job.holds.find(BOT, hold.id()).orElseThrow();
  }

  private void release(Hold hold, Instant holdsUntil) {
    job.holds.release(hold.released(new Release(NOW, APP, holdsUntil)), Optional.empty());
  }

  private void assertHeld(ConversationId conversation, Reason reason) {
    assertThat(find(conversation).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(find(conversation).reason()).contains(reason);
  }

  private JobConversation find(ConversationId conversation) {
    return job.chunks.of(JOB.id()).getFirst().conversations().stream()
        .filter(one -> one.conversation().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  private void write(ConversationId conversation, int messages) {
    records.write(
        BOT,
        conversation,
        new RecordHead(
            "SESSION",
            Optional.empty(),
            Optional.of(new SessionHeader(Optional.empty(), Optional.empty()))));
    for (int i = 0; i < messages; i++) {
      records.write(BOT, conversation, new RecordHead("M" + i, Optional.empty(), Optional.empty()));
    }
  }

  private void deleted() {
    Optional.ofNullable(afterDeletes.poll()).ifPresent(Runnable::run);
  }

  private JobProgress erase() {
    ConversationRecords watched = new WatchedRecords();
    Attachments attachments = new WatchedAttachments();
    RecordDeleter deleter =
        new RecordDeleter(watched, job.settings.pool(), job.clocks, (_, _) -> {});
    job.recordsWithin = deleter::recordsWithin;
    ConversationReader reader =
        new ConversationReader(
            new RecordReader(watched, job.clocks),
            new AttachmentReader(attachments),
            job.settings,
            job.clocks);
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    new ConversationEraser(
            reader,
            new PlannedDeletes(
                deleter,
                new AttachmentDeleter(attachments, _ -> false, job.clocks, (_, _) -> {}),
                reader,
                _ -> false,
                new RecordedLog()),
            job.inHand)
        .eraseShort(progress, 1);
    return progress;
  }

  /** The table, in which something may happen after a delete. */
  private final class WatchedRecords implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      return records.read(bot, conversation, after, limit, consistency);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      return records.find(bot, wanted, after, limit);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> some) {
      DeleteAnswer answer = records.delete(some);
      deleted();
      return answer;
    }
  }

  /** The bucket, in which something may happen after a delete. */
  private final class WatchedAttachments implements Attachments {

    @Override
    public boolean canBeOf(ConversationId conversation) {
      return bucket.canBeOf(conversation);
    }

    @Override
    public AttachmentPage list(
        BotId bot, ConversationId conversation, Optional<AttachmentPosition> after) {
      return bucket.list(bot, conversation, after);
    }

    @Override
    public DeletedAttachments delete(List<Attachment> some) {
      DeletedAttachments answer = bucket.delete(some);
      deleted();
      return answer;
    }

    @Override
    public UploadPage uploads(BotId bot, ConversationId conversation) {
      return bucket.uploads(bot, conversation);
    }

    @Override
    public void abort(Upload upload) {
      bucket.abort(upload);
    }
  }
}
