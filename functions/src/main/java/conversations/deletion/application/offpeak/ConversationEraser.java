package conversations.deletion.application.offpeak;

import static java.util.stream.Collectors.toSet;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.ConversationReader.Readout;
import conversations.deletion.application.pool.RecordDeleter;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.BotId;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
 *   <li>A planned record counts once it is known to be gone, and only once, because one write takes
 *       it out of the plan and counts it.
 *   <li>Whether a conversation is still open is read before any of its records is deleted.
 *   <li>A conversation that was begun is finished, even if the job is to be cancelled. No other is
 *       begun then.
 * </ul>
 */
public final class ConversationEraser {

  /**
   * How often a conversation is looked at again if a writer keeps adding records; then it fails.
   */
  private static final int MAX_LOOKS = 10;

  private final ConversationReader reader;
  private final RecordDeleter deleter;
  private final EngineSettings settings;

  public ConversationEraser(
      ConversationReader reader, RecordDeleter deleter, EngineSettings settings) {
    this.reader = reader;
    this.deleter = deleter;
    this.settings = settings;
  }

  /**
   * Deletes what is pending in a chunk.
   *
   * @param alreadyRead what the first look at some of its conversations found; each is removed when
   *     it is planned, so that it is not kept for longer
   * @param firstLook which writes the first look at a conversation sees
   * @throws OutOfTimeException if time ran out; all that was done is in the stored chunk
   */
  void erase(OpenChunk chunk, Deque<Readout> alreadyRead, Consistency firstLook) {
    Reading reading = new Reading(chunk, alreadyRead, firstLook);
    for (Step step = reading.nextStep(); !step.isEmpty(); step = reading.nextStep()) {
      chunk.drop(step.dropped());
      chunk.update(step.decided());
      if (!step.works().isEmpty()) {
        chunk.update(step.works().stream().map(Work::planned).toList());
        chunk.storePlan();
        delete(chunk, step.works());
        chunk.update(step.works().stream().map(Work::result).toList());
        step.works().stream().filter(Work::hasMore).forEach(reading::goOnWith);
      }
      chunk.commit();
    }
  }

  private void delete(OpenChunk chunk, List<Work> works) {
    HeldLease lease = chunk.lease();
    Set<RecordId> left = delete(lease, works);
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
      looking = lookAndDelete(chunk, looking, looks == MAX_LOOKS);
    }
  }

  /** Looks once at each conversation, deletes what is found, and returns those to look at again. */
  private List<Work> lookAndDelete(OpenChunk chunk, List<Work> works, boolean isLastLook) {
    HeldLease lease = chunk.lease();
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
      chunk.update(unfinished.stream().map(Work::planned).toList());
      chunk.storePlan();
    }
    Set<RecordId> left = delete(lease, unfinished);
    return unfinished.stream().filter(work -> !hasFailed(lease, work, left)).toList();
  }

  /**
   * Fails a conversation if some of its records are left, unless a look finds them gone. In that
   * case the answers got lost, and not the deletes.
   */
  private boolean hasFailed(HeldLease lease, Work work, Set<RecordId> left) {
    if (!work.isAmong(left)) {
      return false;
    }
    List<RecordHead> remaining = look(lease, work);
    boolean areGone =
        remaining.stream()
            .map(head -> new RecordId(lease.job().bot(), work.id(), head.recordKey()))
            .noneMatch(left::contains);
    if (!areGone) {
      work.fail(Reason.THROTTLED, remaining);
    }
    return !areGone;
  }

  private List<RecordHead> look(HeldLease lease, Work work) {
    return reader.look(lease, work.conversation);
  }

  private Set<RecordId> delete(HeldLease lease, List<Work> works) {
    return deleter.delete(
        lease,
        works.stream().flatMap(work -> work.others.stream()).toList(),
        works.stream().flatMap(work -> work.headers.stream()).toList());
  }

  /** What one step does. */
  private record Step(
      List<Work> works, List<JobConversation> decided, Set<ConversationId> dropped) {
    boolean isEmpty() {
      return works.isEmpty() && decided.isEmpty() && dropped.isEmpty();
    }
  }

  /** Reads the chunk's pending conversations ahead and packs them into steps. */
  private final class Reading {

    private final OpenChunk chunk;
    private final DeletionTarget target;
    private final Consistency firstLook;
    private final Deque<ConversationId> unread = new ArrayDeque<>();
    private final Deque<Readout> read;
    private final Map<ConversationId, String> goOnAfter = new ConcurrentHashMap<>();

    Reading(OpenChunk chunk, Deque<Readout> alreadyRead, Consistency firstLook) {
      this.chunk = chunk;
      this.target = chunk.lease().job().target();
      this.firstLook = firstLook;
      this.read = alreadyRead;
      Set<ConversationId> known = alreadyRead.stream().map(Readout::id).collect(toSet());
      chunk.conversations().stream()
          .filter(one -> one.outcome() == Outcome.PENDING)
          .map(JobConversation::conversation)
          .filter(one -> !known.contains(one))
          .forEach(unread::add);
    }

    void goOnWith(Work work) {
      if (work.rest.ahead().isEmpty()) {
        goOnAfter.put(work.id(), work.rest.next().orElseThrow());
        unread.addFirst(work.id());
      } else {
        read.addFirst(work.rest.later(work.conversation));
      }
    }

    Step nextStep() {
      if (!unread.isEmpty() || !read.isEmpty()) {
        chunk.progress().tellNews();
      }
      if (chunk.lease().isCancelRequested()) {
        unread.removeIf(id -> !chunk.conversation(id).isBegun());
        read.removeIf(readout -> !readout.conversation().isBegun());
      }
      List<Work> works = new ArrayList<>();
      List<JobConversation> decided = new ArrayList<>();
      Set<ConversationId> dropped = new HashSet<>();
      boolean hasFailedTooOften = chunk.hasFailedTooOften();
      int planned = 0;
      for (Readout next = peek(); next != null; next = peek()) {
        if (!works.isEmpty() && planned + next.records().size() > Chunk.MAX_PLANNED_RECORDS) {
          break;
        }
        read.remove();
        if (isForeign(next)) {
          dropped.add(next.id());
        } else if (isStillOpen(next)) {
          decided.add(next.conversation().stillOpen());
          chunk.progress().noteIdleAt(next.lastActivity().orElseThrow().plus(settings.idle()));
        } else if (hasFailedTooOften) {
          decided.add(next.conversation().failedUnseen(Reason.THROTTLED));
        } else if (next.records().isEmpty() && !next.conversation().isBegun()) {
          decided.add(next.conversation().gone());
        } else {
          works.add(new Work(chunk.lease().job().bot(), next));
          planned += next.records().size();
        }
      }
      return new Step(works, decided, dropped);
    }

    private Readout peek() {
      if (read.isEmpty()) {
        List<ConversationId> ids = new ArrayList<>();
        while (ids.size() < settings.readConcurrency() && !unread.isEmpty()) {
          ids.add(unread.poll());
        }
        read.addAll(Parallel.map(ids, settings.readConcurrency(), this::readOne));
        chunk.lease().keepAlive();
      }
      return read.peek();
    }

    private Readout readOne(ConversationId id) {
      return reader.read(
          chunk.lease(),
          chunk.conversation(id),
          Optional.ofNullable(goOnAfter.remove(id)),
          firstLook);
    }

    /**
     * Tells whether the index named a conversation that is not the job's. The index lags behind the
     * table, so a conversation may be gone, or not be the channel user's within the range.
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
      Instant idleSince = readout.readAt().minus(settings.idle());
      return !readout.conversation().isBegun()
          && settings.idle().compareTo(Duration.ZERO) > 0
          && readout.lastActivity().map(last -> last.isAfter(idleSince)).orElse(false);
    }
  }

  /** A conversation on its way through one step. */
  private static final class Work {

    private final BotId bot;
    private final Readout rest;
    private JobConversation conversation;
    private List<RecordId> others;
    private List<RecordId> headers = List.of();

    /**
     * The header is planned with the last records of its conversation, because a step has to delete
     * all that it plans.
     */
    Work(BotId bot, Readout readout) {
      this.bot = bot;
      List<RecordHead> withoutHeader = withoutHeader(readout.records());
      List<String> planned = keysOf(readout.hasMore() ? withoutHeader : readout.records());
      JobConversation before = readout.conversation();
      this.rest = readout.withoutRecords();
      this.conversation =
          (before.planned().isEmpty()
                  ? before
                  : before.seen(RecordFingerprints.of(keysOf(readout.records()))))
              .plan(RecordFingerprints.of(planned), lastOf(planned));
      this.others = idsOf(withoutHeader);
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
      return rest.hasMore() && conversation.outcome() == Outcome.PENDING;
    }

    boolean isAmong(Set<RecordId> records) {
      return Stream.concat(others.stream(), headers.stream()).anyMatch(records::contains);
    }

    /**
     * Plans what a look found: first all but the header, and the header once it alone is left.
     *
     * @return whether anything found was not in the plan before
     */
    boolean planWhatRemains(List<RecordHead> found) {
      others = idsOf(withoutHeader(found));
      headers = others.isEmpty() ? idsOf(found) : List.of();
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
      return heads.stream().map(head -> new RecordId(bot, id(), head.recordKey())).toList();
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
