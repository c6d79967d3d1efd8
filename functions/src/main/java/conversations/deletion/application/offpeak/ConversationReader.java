package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordPage;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.RecordKeyOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the records of a conversation, before and after they are deleted. */
public final class ConversationReader {

  /** No clock is this far ahead: a record from further ahead tells nothing about its age. */
  private static final Duration CREDIBLE_LEAD = Duration.ofMinutes(5);

  /** At most this many keys of a conversation are kept; the rest are read a second time. */
  private static final int MAX_AHEAD = 50_000;

  private final ConversationRecords records;
  private final InstantSource clock;

  public ConversationReader(ConversationRecords records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Reads the records for a plan: those from a key on, as many as a plan holds.
   *
   * <p>The first look at a conversation may show an old state, at half the price, because the looks
   * after the deletes find what it misses. Two cases need a consistent look. A look that found
   * nothing is believed only if it was consistent. Where deletes may have been sent before, only a
   * consistent look shows what they left. The records returned then include all up to the end of
   * the earlier plan.
   *
   * @param after the record key after which to go on; absent: begin at the beginning
   * @param firstLook which writes the look sees if neither case applies
   * @throws OutOfTimeException if time ran out between two pages
   */
  Readout read(
      HeldLease lease,
      JobConversation conversation,
      Optional<String> after,
      Consistency firstLook) {
    boolean goesOn = after.isPresent();
    if (conversation.isBegun() && !goesOn) {
      return readPlan(lease, conversation, after, Consistency.STRONG);
    }
    Readout glance = readPlan(lease, conversation, after, firstLook);
    return glance.records().isEmpty() && firstLook == Consistency.EVENTUAL && !goesOn
        ? readPlan(lease, conversation, after, Consistency.STRONG)
        : glance;
  }

  private Readout readPlan(
      HeldLease lease,
      JobConversation conversation,
      Optional<String> after,
      Consistency consistency) {
    ConversationId id = conversation.conversation();
    Instant readAt = clock.instant();
    RecordPage page = page(lease, id, after, consistency);
    List<RecordHead> found = withoutMoments(page);
    Activity activity = Activity.NONE.plus(page.records(), credibleUntil());
    while (page.next().isPresent()
        && (found.size() < Chunk.MAX_PLANNED_RECORDS
            || isBefore(page.next().get(), conversation.plannedThrough()))) {
      page = laterPage(lease, id, page.next(), consistency);
      found.addAll(withoutMoments(page));
      activity = activity.plus(page.records(), credibleUntil());
    }
    if (page.next().isEmpty() || conversation.isBegun()) {
      return new Readout(conversation, found, List.of(), page.next(), activity, readAt);
    }
    return readRest(
        lease, new Readout(conversation, found, List.of(), page.next(), activity, readAt));
  }

  /**
   * Reads the pages after a plan, if a conversation has more records than a plan holds. They tell
   * whether it is still open. As many records as fit are kept for the plans that follow.
   */
  private Readout readRest(HeldLease lease, Readout begun) {
    List<RecordHead> ahead = new ArrayList<>();
    Optional<String> unkept = begun.next();
    Activity activity = begun.activity();
    Optional<String> next = begun.next();
    while (next.isPresent()) {
      RecordPage page = laterPage(lease, begun.id(), next, Consistency.EVENTUAL);
      activity = activity.plus(page.records(), credibleUntil());
      if (next.equals(unkept) && ahead.size() + page.records().size() <= MAX_AHEAD) {
        ahead.addAll(withoutMoments(page));
        unkept = page.next();
      }
      next = page.next();
    }
    return new Readout(
        begun.conversation(), begun.records(), ahead, unkept, activity, begun.readAt());
  }

  /**
   * Drops the moments of records: many records wait at a time, and moments would take a third of
   * the memory.
   */
  private static List<RecordHead> withoutMoments(RecordPage page) {
    List<RecordHead> heads = new ArrayList<>(page.records().size());
    page.records().forEach(record -> heads.add(record.withoutMoment()));
    return heads;
  }

  private RecordPage page(
      HeldLease lease, ConversationId conversation, Optional<String> after, Consistency how) {
    return records.read(lease.job().bot(), conversation, after, Chunk.MAX_PLANNED_RECORDS, how);
  }

  /**
   * Reads a further page, if time is left. A conversation of many pages may take longer to read
   * than the lease or the run lasts.
   */
  private RecordPage laterPage(
      HeldLease lease, ConversationId conversation, Optional<String> after, Consistency how) {
    lease.keepAlive();
    lease.requireTimeToDelete();
    return page(lease, conversation, after, how);
  }

  private Instant credibleUntil() {
    return clock.instant().plus(CREDIBLE_LEAD);
  }

  /**
   * What is left of a conversation, by a strongly consistent read: all of it up to the end of its
   * plan, and beyond that as much as a plan holds.
   */
  List<RecordHead> look(HeldLease lease, JobConversation conversation) {
    return readPlan(lease, conversation, Optional.empty(), Consistency.STRONG).records();
  }

  private static boolean isBefore(String key, Optional<String> last) {
    return last.isPresent() && RecordKeyOrder.INSTANCE.compare(key, last.get()) < 0;
  }

  /**
   * What a conversation's records tell about it as a whole.
   *
   * @param last when its youngest record was made, as far as that can be believed
   * @param header its session header
   */
  record Activity(Optional<Instant> last, Optional<SessionHeader> header) {

    private static final Activity NONE = new Activity(Optional.empty(), Optional.empty());

    Activity plus(List<RecordHead> found, Instant credibleUntil) {
      Instant latest = last.orElse(Instant.MIN);
      Optional<SessionHeader> firstHeader = header;
      for (RecordHead record : found) {
        Instant moment = record.createdAt().orElse(Instant.MIN);
        if (moment.isAfter(latest) && !moment.isAfter(credibleUntil)) {
          latest = moment;
        }
        if (firstHeader.isEmpty()) {
          firstHeader = record.header();
        }
      }
      return new Activity(
          latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest), firstHeader);
    }
  }

  /**
   * What was read of a conversation.
   *
   * @param conversation as it was before
   * @param records what was found, in the order of their keys, as many as a plan holds
   * @param ahead what was found after them, for later plans
   * @param next the record key after which there may be more; absent if this is all
   * @param activity of the whole conversation, if nothing of it was deleted yet
   * @param readAt when the reading began; writes that came later may be missing
   */
  record Readout(
      JobConversation conversation,
      List<RecordHead> records,
      List<RecordHead> ahead,
      Optional<String> next,
      Activity activity,
      Instant readAt) {

    boolean hasMore() {
      return !ahead.isEmpty() || next.isPresent();
    }

    /** The same without the records found, once they are planned. */
    Readout withoutRecords() {
      return new Readout(conversation, List.of(), ahead, next, activity, readAt);
    }

    /**
     * What was read ahead, for the next plan.
     *
     * @param now the conversation after all that was planned before is deleted
     */
    Readout later(JobConversation now) {
      int count = Math.min(ahead.size(), Chunk.MAX_PLANNED_RECORDS);
      return new Readout(
          now, ahead.subList(0, count), ahead.subList(count, ahead.size()), next, activity, readAt);
    }

    ConversationId id() {
      return conversation.conversation();
    }

    Optional<SessionHeader> header() {
      return activity.header();
    }

    Optional<Instant> lastActivity() {
      return activity.last();
    }
  }
}
