package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentLists.AttachmentPage;
import conversations.deletion.application.port.AttachmentLists.AttachmentPosition;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Retries;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must always hold, checked at each step and at the end.
 *
 * <p>Nothing here is computed as the engine does it. What happened to the tables shows whose a
 * record is, when it was deleted and which plans were ever stored.
 */
final class Promises {

  private final World world;
  private final AskedFor asked;
  private final DeletePromises deletes;
  private final MailPromises mails;
  private final BeginPromises begins;
  private final CountPromises counts;
  private final BlamePromises blame;
  private final AttachmentPromises attachments;
  private final LookPromises looks;
  private final HoldPromises holds;
  private final Map<JobRef, JobState> states = new LinkedHashMap<>();
  private final Map<JobRef, Instant> lastRoundBegun = new HashMap<>();
  private int takeovers;
  private int cancels;

  Promises(World world) {
    this.world = world;
    this.asked = new AskedFor(world);
    this.deletes = new DeletePromises(world, asked);
    this.mails = new MailPromises(world);
    this.begins = new BeginPromises(world);
    this.counts = new CountPromises(world, begins);
    this.blame = new BlamePromises(world);
    this.attachments = new AttachmentPromises(world, asked);
    this.looks = new LookPromises(world);
    this.holds = new HoldPromises(world);
  }

  MailPromises mails() {
    return mails;
  }

  HoldPromises holds() {
    return holds;
  }

  int takeovers() {
    return takeovers;
  }

  int cancels() {
    return cancels;
  }

  Map<JobStatus, Integer> ends() {
    Map<JobStatus, Integer> ends = new EnumMap<>(JobStatus.class);
    world.jobs.all().forEach(one -> ends.merge(one.job().state().status(), 1, Integer::sum));
    return ends;
  }

  void cancelled() {
    cancels++;
  }

  void leased(LeasedJob lease) {
    mails.leased(lease.job().ref());
    if (!lease.isFirst() && lease.job().state().status() == JobStatus.IN_PROGRESS) {
      takeovers++;
    }
  }

  /** A worker asks for a page. */
  void reading(Worker worker, ConversationId conversation, Optional<String> after) {
    begins.reading(worker, conversation, after);
    counts.reading(worker, conversation);
    looks.reading(worker, conversation, after.isEmpty());
  }

  /** A worker asks for a page of attachments. */
  void listing(Worker worker, ConversationId conversation, Optional<AttachmentPosition> after) {
    counts.listing(worker, conversation);
    attachments.listing(worker, conversation, after.isEmpty());
    looks.listing(worker, conversation, after.isEmpty());
  }

  /** A worker has got a page of attachments. */
  void listed(Worker worker, ConversationId conversation, AttachmentPage page) {
    attachments.listed(worker, conversation, page);
    looks.listed(worker, conversation, page);
  }

  /** A worker asks for unfinished uploads. */
  void listingUploads(Worker worker, ConversationId conversation) {
    looks.listingUploads(worker, conversation);
  }

  /** A worker has read a page. */
  void read(
      Worker worker,
      ConversationId conversation,
      Optional<String> after,
      Consistency consistency,
      RecordPage page) {
    deletes.read(worker, conversation, after, consistency, page);
    looks.read(worker, conversation, consistency, page);
  }

  /** A worker sends a delete. */
  void sent(Worker worker, List<RecordId> records) {
    deletes.sent(worker, records);
    attachments.sentRecords(worker.lease(), records);
    Set<ConversationId> ids =
        records.stream().map(RecordId::conversation).collect(Collectors.toSet());
    begins.sent(worker, ids);
    counts.sent(worker, ids);
    looks.sent(worker, ids);
  }

  /** A worker sends a delete of attachments. */
  void sentAttachments(Worker worker, List<Attachment> some) {
    deletes.requireRight(worker);
    attachments.sent(worker, some);
    Set<ConversationId> ids =
        some.stream().map(Attachment::conversation).collect(Collectors.toSet());
    begins.sent(worker, ids);
    counts.sentAttachments(worker, ids);
    looks.sent(worker, ids);
  }

  /** A worker aborts an upload. */
  void aborting(Worker worker, Upload upload) {
    deletes.requireRight(worker);
    attachments.aborting(worker, upload);
  }

  /** A request of a worker goes out that deletes something of these conversations. */
  void starting(Worker worker, Collection<ConversationId> conversations) {
    holds.starting(worker.lease().job(), conversations);
    world.holders.deleting(conversations);
  }

  /** A worker is told that an attachment, or an upload, is refused. */
  void refused(Worker worker, ConversationId conversation) {
    blame.refused(worker.lease().job(), conversation);
  }

  /** A delete of attachments takes effect. */
  void deletingAttachments(JobRef job, List<Attachment> some) {
    attachments.deleting(job, some);
    some.stream()
        .filter(one -> world.platform.uploader().bucket().find(one).isPresent())
        .forEach(one -> blame.deletes(job, one.conversation()));
  }

  /** A delete takes effect. */
  void deleting(Worker worker, JobRef job, List<RecordId> records) {
    deletes.deleting(worker, job, records);
    records.stream()
        .filter(world.platform.records()::has)
        .forEach(one -> blame.deletes(job, one.conversation()));
  }

  /** A chunk was stored. */
  void stored(LeasedJob lease, Chunk chunk) {
    begins.stored(lease, chunk);
    blame.stored(lease.job(), chunk);
    counts.stored(lease, chunk);
    attachments.stored(lease, chunk);
    looks.stored(lease, chunk);
    holds.stored(lease.job().ref(), chunk);
  }

  /** A worker has stored the state of a job. */
  void stored(DeletionJob job) {
    JobState state = job.state();
    Optional<JobState> before = Optional.ofNullable(states.put(job.ref(), state));
    assertThat(state.counts().toDo()).as("still to do").isNotNegative();
    Retries retries = state.retries();
    assertThat(retries.remaining() + retries.round()).as("retries").isEqualTo(Retries.MAX);
    assertThat(retries.remaining()).as("retries").isNotNegative();
    mails.stored(job.ref(), state);
    blame.stored(job);
    boolean isNewRound = before.map(one -> one.retries().round() < retries.round()).orElse(true);
    if (isNewRound) {
      roundBegins(job.ref());
    }
    if (state.status().isEnd() && !before.map(one -> one.status().isEnd()).orElse(false)) {
      ends(job);
    }
  }

  private void roundBegins(JobRef job) {
    Instant now = world.timeline.instant();
    Instant next = world.window.openingOfNextWindow(now);
    Instant before = lastRoundBegun.put(job, next);
    if (before != null && world.areClocksRight()) {
      assertThat(now).as("a retry in a window of its own").isAfterOrEqualTo(before);
    }
  }

  private void ends(DeletionJob job) {
    JobStatus status = job.state().status();
    Counts sum =
        world.chunks.of(job.id()).stream().map(Chunk::counts).reduce(Counts.NONE, Counts::plus);
    // What a preview lists and no chunk holds was never begun.
    Counts all = sum.ofAtLeast(job.target().listed());
    assertThat(job.state().counts())
        .as("counts of a job that ends")
        .isEqualTo(status == JobStatus.CANCELLED ? all : all.restFailed());
    blame.ends(job, sum);
    if (status == JobStatus.COMPLETED) {
      assertThat(sum.toDo()).as("to do at the end").isZero();
      assertThat(asked.remaining(job.ref(), attachments::isAnyLeft))
          .as("left of a completed job")
          .isEmpty();
    }
    world.chunks.of(job.id()).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .forEach(one -> counts.ends(job, one));
  }

  /** All jobs are closed, and no actor does anything any more. */
  void holdAtTheEnd() {
    for (MemoryJobs.Item item : world.jobs.all()) {
      DeletionJob job = item.job();
      assertThat(item.group()).as("%s", job).isEqualTo(MemoryJobs.Group.ENDED);
      mails.holdsAtTheEnd(job.ref(), job.state());
      if (job.state().status() == JobStatus.COMPLETED) {
        assertThat(asked.remaining(job.ref(), attachments::isAnyLeft))
            .as("left of a completed job")
            .isEmpty();
      }
      assertThat(entries(job, " submitted")).hasSize(1);
      assertThat(entries(job, " on hold")).hasSizeLessThanOrEqualTo(1);
    }
    world.platform.begun().forEach(this::holdsFor);
    Stream.concat(world.platform.begun().keySet().stream(), Stream.of(Platform.RETAINED_ONLY))
        .forEach(
            one ->
                assertThat(world.platform.records().retainedOf(Platform.BOT, one))
                    .as("retained records of %s", one)
                    .isEqualTo(world.platform.retained(one)));
  }

  private List<String> entries(DeletionJob job, String part) {
    return world.jobs.changeLog().stream()
        .filter(
            one ->
                one.resource().equals(ChangeLogEntry.Resource.of(job.id()))
                    && one.message().contains(part))
        .map(one -> one.message())
        .toList();
  }

  /** The census: all that no job asked for is still there. */
  private void holdsFor(ConversationId conversation, Platform.Begun begun) {
    Set<String> remaining =
        world.platform.records().of(Platform.BOT, conversation).stream()
            .map(RecordHead::recordKey)
            .collect(Collectors.toSet());
    List<DeletionJob> asking =
        world.jobs.all().stream()
            .map(MemoryJobs.Item::job)
            .filter(job -> asked.isAsked(job.ref(), conversation))
            .toList();
    if (asking.isEmpty()) {
      assertThat(remaining).as("%s, not asked for", conversation).isEqualTo(begun.keys());
    }
    boolean areAllCancelledOrDone =
        asking.stream()
            .allMatch(
                job ->
                    job.state().status() == JobStatus.CANCELLED
                        || job.state().status() == JobStatus.COMPLETED);
    if (areAllCancelledOrDone
        && asking.stream().noneMatch(job -> job.state().counts().failed() > 0)) {
      assertThat(remaining.isEmpty() || remaining.equals(begun.keys()))
          .as("%s is there or gone, not half of it", conversation)
          .isTrue();
      if (!remaining.isEmpty()) {
        assertThat(world.platform.uploader().deletedByJobs(conversation))
            .as("attachments of %s, which is there", conversation)
            .isZero();
      }
    }
  }
}
