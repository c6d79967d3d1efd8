package conversations.deletion.application;

import conversations.deletion.application.ConversationReader.Readout;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.RecordFingerprints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes the conversations of a chunk, step by step: read, plan, delete, look again, commit.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No record is deleted before a plan that holds it is stored.
 *   <li>A session header is deleted in a request of its own, after a consistent look that found
 *       nothing but the header.
 *   <li>A conversation is called deleted after a consistent look that found nothing.
 *   <li>A planned record counts once it is known to be gone, and only once: the plan goes, and the
 *       count comes, in one write.
 *   <li>Whether a conversation is still open is read before any of its records is deleted; one that
 *       was begun is finished, also when the job is to be cancelled; no other is begun then.
 * </ul>
 */
final class ConversationEraser {

  /**
   * How often a conversation is looked at again before a writer that never rests is given up on.
   */
  private static final int MAX_LOOKS = 10;

  private final ConversationReader reader;
  private final RecordDeleter deleter;
  private final EngineSettings settings;
  private final InstantSource clock;

  ConversationEraser(
      ConversationReader reader,
      RecordDeleter deleter,
      EngineSettings settings,
      InstantSource clock) {
    this.reader = reader;
    this.deleter = deleter;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Deletes what is pending in the current chunk.
   *
   * @param firstLook which writes the first look at a conversation sees
   * @throws OutOfTimeException if time ran out; whatever was done is in the stored chunk
   */
  void erase(JobProgress progress, Consistency firstLook) {
    DeletionTarget target = progress.lease().job().target();
    Reading reading = new Reading(progress, target, firstLook);
    for (Step step = reading.nextStep(); !step.isEmpty(); step = reading.nextStep()) {
      progress.drop(step.dropped());
      progress.update(step.settled());
      if (!step.works().isEmpty()) {
        progress.update(step.works().stream().map(Work::planned).toList());
        progress.storePlan();
        delete(progress, step.works());
        progress.update(step.works().stream().map(Work::result).toList());
        step.works().stream().filter(Work::hasMore).forEach(reading::goOnWith);
      }
      progress.commit();
    }
  }

  private void delete(JobProgress progress, List<Work> works) {
    HeldLease lease = progress.lease();
    Set<RecordId> left = deleter.delete(lease, recordsOf(works));
    List<Work> looking = new ArrayList<>();
    for (Work work : works) {
      if (!hasFailed(lease, work, left)) {
        if (work.hasMore()) {
          work.commit();
        } else {
          looking.add(work);
        }
      }
    }
    for (int looks = 1; !looking.isEmpty(); looks++) {
      looking = lookAndDelete(progress, looking, looks == MAX_LOOKS);
    }
  }

  /** Looks once at each conversation, deletes what is found, and returns those to look at again. */
  private List<Work> lookAndDelete(JobProgress progress, List<Work> works, boolean isLastLook) {
    HeldLease lease = progress.lease();
    lease.keepAlive();
    List<List<RecordHead>> looks =
        Parallel.map(works, settings.readConcurrency(), work -> look(lease, work));
    List<Work> unfinished = new ArrayList<>();
    boolean planGrows = false;
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      List<RecordHead> found = looks.get(i);
      if (found.isEmpty()) {
        work.finish();
      } else if (isLastLook) {
        work.fail(Reason.RECORDS_KEEP_COMING, found);
      } else {
        planGrows |= work.planWhatRemains(found);
        unfinished.add(work);
      }
    }
    if (planGrows) {
      progress.update(unfinished.stream().map(Work::planned).toList());
      progress.storePlan();
    }
    Set<RecordId> left = deleter.delete(lease, recordsOf(unfinished));
    return unfinished.stream().filter(work -> !hasFailed(lease, work, left)).toList();
  }

  /**
   * Fails a conversation some of whose records are left, unless a look finds them gone: then it was
   * the answers that got lost, and not the deletes.
   */
  private boolean hasFailed(HeldLease lease, Work work, Set<RecordId> left) {
    if (!work.isAmong(left)) {
      return false;
    }
    List<RecordHead> remaining = look(lease, work);
    boolean areGone =
        remaining.stream()
            .map(head -> new RecordId(work.id(), head.recordKey()))
            .noneMatch(left::contains);
    if (!areGone) {
      work.fail(Reason.THROTTLED, remaining);
    }
    return !areGone;
  }

  private List<RecordHead> look(HeldLease lease, Work work) {
    return reader.look(lease, work.conversation);
  }

  private static List<RecordId> recordsOf(List<Work> works) {
    return works.stream().flatMap(work -> work.toDelete.stream()).toList();
  }

  /** What one step does. */
  private record Step(
      List<Work> works, List<JobConversation> settled, Set<ConversationId> dropped) {
    boolean isEmpty() {
      return works.isEmpty() && settled.isEmpty() && dropped.isEmpty();
    }
  }

  /** Reads the chunk's pending conversations ahead and packs them into steps. */
  private final class Reading {

    private final JobProgress progress;
    private final DeletionTarget target;
    private final Consistency firstLook;
    private final Deque<ConversationId> unread = new ArrayDeque<>();
    private final Deque<Readout> read = new ArrayDeque<>();
    private final Map<ConversationId, String> goOnAfter = new ConcurrentHashMap<>();

    Reading(JobProgress progress, DeletionTarget target, Consistency firstLook) {
      this.progress = progress;
      this.target = target;
      this.firstLook = firstLook;
      progress.chunk().conversations().stream()
          .filter(one -> one.outcome() == Outcome.PENDING)
          .forEach(one -> unread.add(one.conversation()));
    }

    void goOnWith(Work work) {
      goOnAfter.put(work.id(), work.next.orElseThrow());
      unread.addFirst(work.id());
    }

    Step nextStep() {
      if (progress.lease().isCancelRequested()) {
        unread.removeIf(id -> !progress.conversation(id).isBegun());
        read.removeIf(readout -> !readout.conversation().isBegun());
      }
      List<Work> works = new ArrayList<>();
      List<JobConversation> settled = new ArrayList<>();
      Set<ConversationId> dropped = new HashSet<>();
      int planned = 0;
      for (Readout next = peek(); next != null; next = peek()) {
        if (!works.isEmpty() && planned + next.records().size() > Chunk.MAX_PLANNED_RECORDS) {
          break;
        }
        read.remove();
        if (isForeign(next)) {
          dropped.add(next.id());
        } else if (isStillOpen(next)) {
          settled.add(next.conversation().stillOpen());
          progress.noteIdleAt(next.lastActivity().orElseThrow().plus(settings.idle()));
        } else if (progress.chunk().hasFailedTooOften()) {
          settled.add(next.conversation().failedUnseen(Reason.THROTTLED));
        } else if (next.records().isEmpty() && !next.conversation().isBegun()) {
          settled.add(next.conversation().gone());
        } else {
          works.add(new Work(next));
          planned += next.records().size();
        }
      }
      return new Step(works, settled, dropped);
    }

    private Readout peek() {
      if (read.isEmpty()) {
        List<ConversationId> ids = new ArrayList<>();
        while (ids.size() < settings.readConcurrency() && !unread.isEmpty()) {
          ids.add(unread.poll());
        }
        read.addAll(Parallel.map(ids, settings.readConcurrency(), this::readOne));
        progress.lease().keepAlive();
      }
      return read.peek();
    }

    private Readout readOne(ConversationId id) {
      return reader.read(
          progress.lease(),
          progress.conversation(id),
          Optional.ofNullable(goOnAfter.remove(id)),
          firstLook);
    }

    /**
     * Tells whether the index, which lags behind the table, named a conversation that is not there
     * or that is not the channel user's within the range.
     */
    private boolean isForeign(Readout readout) {
      if (readout.conversation().isBegun()) {
        return false;
      }
      return switch (target) {
        case ListedConversations _, Forgotten _ -> false;
        case ChannelUserConversations user ->
            readout.records().isEmpty()
                || readout.header().map(header -> contradicts(header, user)).orElse(false);
      };
    }

    private boolean contradicts(SessionHeader header, ChannelUserConversations user) {
      return header.channelUser().map(one -> !one.equals(user.channelUser())).orElse(false)
          || header.startedAt().map(start -> !user.range().contains(start)).orElse(false);
    }

    private boolean isStillOpen(Readout readout) {
      Instant idleSince = clock.instant().minus(settings.idle());
      return !readout.conversation().isBegun()
          && settings.idle().compareTo(Duration.ZERO) > 0
          && readout.lastActivity().map(last -> last.isAfter(idleSince)).orElse(false);
    }
  }

  /** A conversation on its way through one step. */
  private static final class Work {

    private final Optional<String> next;
    private JobConversation conversation;
    private List<RecordId> toDelete;

    /** The header is planned with the last of its conversation: whatever a step plans must go. */
    Work(Readout readout) {
      List<RecordHead> others = withoutHeader(readout.records());
      List<String> planned = keysOf(readout.next().isPresent() ? others : readout.records());
      this.next = readout.next();
      this.conversation =
          readout
              .conversation()
              .seen(RecordFingerprints.of(keysOf(readout.records())))
              .plan(RecordFingerprints.of(planned), lastOf(planned));
      this.toDelete = idsOf(others);
    }

    ConversationId id() {
      return conversation.conversation();
    }

    JobConversation planned() {
      return conversation;
    }

    JobConversation result() {
      return conversation;
    }

    boolean hasMore() {
      return next.isPresent() && conversation.outcome() == Outcome.PENDING;
    }

    boolean isAmong(Set<RecordId> records) {
      return toDelete.stream().anyMatch(records::contains);
    }

    /**
     * Plans what a look found: first all but the header, then, once it alone is left, the header.
     *
     * @return whether any of it was not in the plan before
     */
    boolean planWhatRemains(List<RecordHead> found) {
      List<RecordHead> others = withoutHeader(found);
      toDelete = idsOf(others.isEmpty() ? found : others);
      List<String> keys = keysOf(found);
      int before = conversation.planned().size();
      conversation = conversation.plan(RecordFingerprints.of(keys), lastOf(keys));
      return conversation.planned().size() > before;
    }

    void commit() {
      conversation = conversation.commit();
    }

    void finish() {
      conversation = conversation.gone();
    }

    void fail(Reason reason, List<RecordHead> remaining) {
      conversation = conversation.failed(reason, RecordFingerprints.of(keysOf(remaining)));
    }

    private List<RecordId> idsOf(List<RecordHead> heads) {
      return heads.stream().map(head -> new RecordId(id(), head.recordKey())).toList();
    }

    private static List<RecordHead> withoutHeader(List<RecordHead> heads) {
      return heads.stream().filter(head -> !head.isSessionHeader()).toList();
    }

    private static List<String> keysOf(List<RecordHead> heads) {
      return heads.stream().map(RecordHead::recordKey).toList();
    }

    private static Optional<String> lastOf(List<String> keys) {
      return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
    }
  }
}
