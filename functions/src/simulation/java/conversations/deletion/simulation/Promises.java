package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.ConversationRecords.RecordPage;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.RecordFingerprints;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What must always hold, checked at each step and at the end.
 *
 * <p>Nothing here is computed as the engine does it. What happened to the tables shows whose a
 * record is, when it was deleted and which plans were ever stored.
 */
final class Promises {

  /**
   * How often workers try to end a hopeless job with its stored chunks, before they end it unread.
   */
  private static final int ATTEMPTS_TO_END = 3;

  private static final Map<String, RecordFingerprints> FINGERPRINTS = new ConcurrentHashMap<>();

  private record Mailed(int faults) {}

  private record Looker(Worker worker, ConversationId conversation) {}

  private record Look(Consistency consistency, List<String> keys) {}

  private record ConversationOfJob(JobRef job, ConversationId conversation) {}

  private final World world;
  private final Map<ConversationOfJob, RecordFingerprints> everPlanned = new HashMap<>();
  private final Map<Looker, Look> lastLooks = new HashMap<>();
  private final Map<JobRef, Mailed> mails = new HashMap<>();
  private final Map<JobRef, JobState> states = new LinkedHashMap<>();
  private final Map<JobRef, Instant> lastRoundBegun = new HashMap<>();
  private final Map<JobRef, Integer> attempts = new HashMap<>();
  private int takeovers;
  private int cancels;
  private int secondMails;

  Promises(World world) {
    this.world = world;
  }

  int takeovers() {
    return takeovers;
  }

  int cancels() {
    return cancels;
  }

  int secondMails() {
    return secondMails;
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
    attempts.put(lease.job().ref(), lease.job().state().attempts());
    if (!lease.isFirst() && lease.job().state().status() == JobStatus.IN_PROGRESS) {
      takeovers++;
    }
  }

  /** A worker has read a page. */
  void read(
      Worker worker,
      ConversationId conversation,
      Optional<String> after,
      Consistency consistency,
      RecordPage page) {
    boolean isWhole = after.isEmpty() && page.next().isEmpty();
    List<String> keys =
        isWhole ? page.records().stream().map(RecordHead::recordKey).toList() : List.of();
    lastLooks.put(new Looker(worker, conversation), new Look(consistency, keys));
  }

  /** A worker sends a delete. */
  void sent(Worker worker, JobRef job, List<RecordId> records) {
    Instant now = world.timeline.instant();
    Instant latest = now.plus(world.settings.deleteReserve());
    assertThat(world.window.isOpenAt(now)).as("in the window").isTrue();
    assertThat(latest).as("before the window closes").isBeforeOrEqualTo(closing(now));
    assertThat(latest).as("in the function's time").isBeforeOrEqualTo(worker.deadline());
    assertThat(latest).as("within the lease").isBeforeOrEqualTo(worker.leaseEnd());
    assertThat(records.size()).as("records of one request").isBetween(1, 25);
    for (RecordId record : records) {
      assertThat(record.bot()).isEqualTo(job.bot());
      assertThat(isPlanned(job, record) || !world.records.has(record))
          .as("%s is in a stored plan", record)
          .isTrue();
      if (record.recordKey().equals(World.HEADER)) {
        sentHeader(worker, record.conversation(), records);
      }
    }
  }

  private void sentHeader(Worker worker, ConversationId conversation, List<RecordId> records) {
    assertThat(records.stream().filter(one -> one.conversation().equals(conversation)))
        .as("records of a conversation beside its header")
        .hasSize(1);
    assertThat(lastLooks.get(new Looker(worker, conversation)))
        .as("the last look before the header goes")
        .isEqualTo(new Look(Consistency.STRONG, List.of(World.HEADER)));
  }

  private Instant closing(Instant now) {
    return world.window.nextClosing(now);
  }

  /** A delete takes effect. */
  void deleting(Worker worker, JobRef job, List<RecordId> records) {
    assertThat(world.window.isOpenAt(world.timeline.instant())).as("in the window").isTrue();
    for (RecordId record : records) {
      if (world.records.has(record)) {
        assertThat(isPlanned(job, record))
            .as("%s, which %s deletes, is in the stored plan", record, worker.name())
            .isTrue();
        assertThat(isAsked(job, record.conversation())).as("%s was asked for", record).isTrue();
      }
    }
  }

  private boolean isPlanned(JobRef job, RecordId record) {
    return world.chunks.of(job.job()).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(record.conversation()))
        .anyMatch(one -> !fingerprint(record.recordKey()).intersect(one.planned()).isEmpty());
  }

  private static RecordFingerprints fingerprint(String key) {
    return FINGERPRINTS.computeIfAbsent(key, one -> RecordFingerprints.of(Set.of(one)));
  }

  private static RecordFingerprints fingerprints(Collection<RecordHead> records) {
    return RecordFingerprints.of(records.stream().map(RecordHead::recordKey).toList());
  }

  private boolean isAsked(JobRef job, ConversationId conversation) {
    return switch (stateOf(job).target()) {
      case ChannelUserConversations user -> {
        World.Begun begun = world.begun.get(conversation);
        yield begun.user().equals(user.channelUser()) && user.range().contains(begun.startedAt());
      }
      default -> world.listed.get(job).contains(conversation);
    };
  }

  private DeletionJob stateOf(JobRef job) {
    return world.jobs.find(job.bot(), job.job()).orElseThrow();
  }

  /** A chunk was stored. */
  void stored(DeletionJob job, Chunk chunk) {
    for (JobConversation one : chunk.conversations()) {
      RecordFingerprints ever =
          everPlanned.merge(
              new ConversationOfJob(job.ref(), one.conversation()),
              one.planned(),
              RecordFingerprints::plus);
      List<RecordHead> remaining = world.records.of(job.bot(), one.conversation());
      int gone = ever.size() - ever.intersect(fingerprints(remaining)).size();
      assertThat(one.deletedRecords())
          .as("records of %s counted, of those planned and gone", one.conversation())
          .isLessThanOrEqualTo(gone);
      if (one.outcome() == Outcome.DELETED || one.outcome() == Outcome.SKIPPED) {
        assertThat(remaining).as("left of %s, %s", one.conversation(), one.outcome()).isEmpty();
      }
    }
  }

  /** A worker has stored the state of a job. */
  void stored(DeletionJob job) {
    JobState state = job.state();
    Optional<JobState> before = Optional.ofNullable(states.put(job.ref(), state));
    Counts counts = state.counts();
    assertThat(counts.toDo()).as("still to do").isNotNegative();
    Retries retries = state.retries();
    assertThat(retries.remaining() + retries.round()).as("retries").isEqualTo(Retries.MAX);
    assertThat(retries.remaining()).as("retries").isNotNegative();
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
    if (before != null && areClocksRight()) {
      assertThat(now).as("a retry in a window of its own").isAfterOrEqualTo(before);
    }
  }

  private void ends(DeletionJob job) {
    JobStatus status = job.state().status();
    if (attempts.get(job.ref()) > world.settings.maxJobAttempts() + ATTEMPTS_TO_END) {
      assertThat(status).as("end of a job without progress").isNotEqualTo(JobStatus.COMPLETED);
      return; // It may end with older counts, because its stored chunks may not be readable.
    }
    Counts sum =
        world.chunks.of(job.id()).stream().map(Chunk::counts).reduce(Counts.NONE, Counts::plus);
    assertThat(job.state().counts()).as("counts of a job that ends").isEqualTo(sum);
    if (status == JobStatus.COMPLETED) {
      assertThat(sum.toDo()).as("to do at the end").isZero();
      assertThat(remaining(job.ref())).as("left of a completed job").isEmpty();
    }
    world.chunks.of(job.id()).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .forEach(one -> ends(job, one));
  }

  private void ends(DeletionJob job, JobConversation one) {
    RecordFingerprints ever =
        everPlanned.getOrDefault(
            new ConversationOfJob(job.ref(), one.conversation()), RecordFingerprints.NONE);
    if (one.outcome() == Outcome.DELETED) {
      assertThat(one.deletedRecords())
          .as("records of %s counted, of those planned", one.conversation())
          .isEqualTo(ever.size());
    } else {
      assertThat(one.deletedRecords() + one.planned().size())
          .as("records of %s counted or still planned, of those planned", one.conversation())
          .isEqualTo(ever.size());
    }
    if (job.state().status() == JobStatus.CANCELLED) {
      boolean isHalfDeleted =
          one.isBegun()
              && (one.outcome() == Outcome.PENDING
                  || one.outcome() == Outcome.FAILED && job.state().retries().remaining() > 0);
      assertThat(isHalfDeleted).as("%s is half deleted after a cancel", one).isFalse();
    } else {
      assertThat(one.outcome()).as("outcome at the end").isNotEqualTo(Outcome.PENDING);
    }
  }

  private List<ConversationId> remaining(JobRef job) {
    return world.begun.keySet().stream()
        .filter(one -> isAsked(job, one))
        .filter(one -> !world.records.of(job.bot(), one).isEmpty())
        .filter(one -> !isHiddenByAnother(job, one))
        .toList();
  }

  /**
   * Another job may have deleted the session header and not yet had its last look. Then no index
   * leads to what a platform appended in between, but that job has the conversation in its plan.
   */
  private boolean isHiddenByAnother(JobRef job, ConversationId conversation) {
    boolean isThere = world.records.has(new RecordId(job.bot(), conversation, World.HEADER));
    return !isThere
        && world.jobs.all().stream()
            .map(item -> item.job().ref())
            .filter(other -> !other.equals(job))
            .flatMap(other -> world.chunks.of(other.job()).stream())
            .flatMap(chunk -> chunk.conversations().stream())
            .anyMatch(
                one ->
                    one.conversation().equals(conversation)
                        && one.isBegun()
                        && one.outcome() != Outcome.DELETED);
  }

  /** A worker hands an e-mail over. Whether it may repeat an earlier one is decided now. */
  void mailing(Worker worker, JobRef job) {
    boolean isMarked = isMailMarked(job) && areClocksRight();
    assertThat(isMarked).as("an e-mail after one that is marked as sent").isFalse();
    if (areClocksRight()) {
      assertThat(world.timeline.instant())
          .as("the lease of a worker that hands an e-mail over")
          .isBefore(worker.leaseEnd());
    }
  }

  private boolean isMailMarked(JobRef job) {
    return states.containsKey(job) && states.get(job).notification().sentAt().isPresent();
  }

  private boolean areClocksRight() {
    return world.weather.seen(Fault.CLOCK_FORWARD) + world.weather.seen(Fault.CLOCK_BACK) == 0;
  }

  /**
   * The e-mail service has accepted an e-mail. It may be the second one in two cases: the mark of
   * the first got lost, or after the handing over the worker stood still or its call was slow.
   */
  void mailed(JobRef job) {
    int faults = world.weather.faults();
    Mailed before = mails.put(job, new Mailed(faults));
    if (before != null) {
      secondMails++;
      assertThat(faults).as("faults since the first e-mail").isGreaterThan(before.faults());
    }
  }

  /** All jobs are closed, and no actor does anything any more. */
  void holdAtTheEnd() {
    for (MemoryJobs.Item item : world.jobs.all()) {
      DeletionJob job = item.job();
      assertThat(item.group()).as("%s", job).isNotEqualTo(MemoryJobs.Group.OPEN);
      assertThat(mails).as("e-mails").containsKey(job.ref());
      assertThat(job.state().notification().sentAt()).as("mark of the e-mail").isPresent();
      if (job.state().status() == JobStatus.COMPLETED) {
        assertThat(remaining(job.ref())).as("left of a completed job").isEmpty();
      }
      assertThat(entries(job, " submitted.")).hasSize(1);
    }
    world.begun.forEach(this::holdsFor);
  }

  private List<String> entries(DeletionJob job, String end) {
    return world.jobs.changeLog().stream()
        .filter(one -> one.job().equals(job.id()) && one.message().endsWith(end))
        .map(one -> one.message())
        .toList();
  }

  /** The census: all that no job asked for is still there. */
  private void holdsFor(ConversationId conversation, World.Begun begun) {
    Set<String> remaining =
        world.records.of(World.BOT, conversation).stream()
            .map(RecordHead::recordKey)
            .collect(Collectors.toSet());
    List<DeletionJob> asking =
        world.jobs.all().stream()
            .map(MemoryJobs.Item::job)
            .filter(job -> isAsked(job.ref(), conversation))
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
    }
  }
}
