package conversations.deletion.application;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordPage;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.RecordKeyOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is there of a conversation before and after its records are deleted. */
final class ConversationReader {

  private final ConversationRecords records;

  ConversationReader(ConversationRecords records) {
    this.records = records;
  }

  /**
   * Reads what a plan is made of: the records from a key on, as many as a plan holds.
   *
   * <p>The first look at a conversation may be an old one, at half the price: what it misses is
   * found by the looks after the deletes. That nothing is there is believed only of a consistent
   * look, and where deletes may have been sent before, only a consistent look can tell what they
   * left: all records up to the end of the earlier plan are then among those returned.
   *
   * @param after the record key after which to go on; absent: begin at the beginning
   */
  Readout read(BotId bot, JobConversation conversation, Optional<String> after) {
    boolean goesOn = after.isPresent();
    if (conversation.isBegun() && !goesOn) {
      return readPlan(bot, conversation, after, Consistency.STRONG);
    }
    Readout glance = readPlan(bot, conversation, after, Consistency.EVENTUAL);
    return glance.records().isEmpty() && !goesOn
        ? readPlan(bot, conversation, after, Consistency.STRONG)
        : glance;
  }

  private Readout readPlan(
      BotId bot, JobConversation conversation, Optional<String> after, Consistency consistency) {
    List<RecordHead> found = new ArrayList<>();
    Optional<String> next = after;
    do {
      RecordPage page =
          records.read(
              bot, conversation.conversation(), next, Chunk.MAX_PLANNED_RECORDS, consistency);
      found.addAll(page.records());
      next = page.next();
    } while (next.isPresent()
        && (found.size() < Chunk.MAX_PLANNED_RECORDS
            || isBefore(next.get(), conversation.plannedThrough())));
    Optional<Instant> latest = latest(found);
    if (next.isPresent() && !conversation.isBegun()) {
      latest = latestOf(latest, latestAfter(bot, conversation.conversation(), next.get()));
    }
    return new Readout(conversation, found, next, latest);
  }

  /**
   * What is left of a conversation, as of all writes that were answered before: all of it up to the
   * end of its plan, and beyond that as much as a plan holds.
   */
  List<RecordHead> look(BotId bot, JobConversation conversation) {
    return readPlan(bot, conversation, Optional.empty(), Consistency.STRONG).records();
  }

  private Optional<Instant> latestAfter(BotId bot, ConversationId conversation, String after) {
    Optional<Instant> latest = Optional.empty();
    Optional<String> next = Optional.of(after);
    do {
      RecordPage page =
          records.read(bot, conversation, next, Chunk.MAX_PLANNED_RECORDS, Consistency.EVENTUAL);
      latest = latestOf(latest, latest(page.records()));
      next = page.next();
    } while (next.isPresent());
    return latest;
  }

  private static Optional<Instant> latest(List<RecordHead> records) {
    return records.stream().flatMap(record -> record.createdAt().stream()).max(Instant::compareTo);
  }

  private static Optional<Instant> latestOf(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && (other.isEmpty() || one.get().isAfter(other.get())) ? one : other;
  }

  private static boolean isBefore(String key, Optional<String> last) {
    return last.isPresent() && RecordKeyOrder.INSTANCE.compare(key, last.get()) < 0;
  }

  /**
   * What was read of a conversation.
   *
   * @param conversation as it was before
   * @param records what was found, in the order of their keys
   * @param next the record key after which there may be more; absent if this is all
   * @param lastActivity when its youngest record was made
   */
  record Readout(
      JobConversation conversation,
      List<RecordHead> records,
      Optional<String> next,
      Optional<Instant> lastActivity) {

    ConversationId id() {
      return conversation.conversation();
    }

    Optional<SessionHeader> header() {
      return records.stream().flatMap(record -> record.header().stream()).findFirst();
    }
  }
}
