package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conversation records, and can do nothing else. */
public interface ConversationReads {

  /** Which writes a read sees. */
  enum Consistency {
    /** All that were answered before it. */
    STRONG,
    /** Those of a moment ago, at half the price. */
    EVENTUAL
  }

  /**
   * Reads a page of one conversation's records, in the order of their keys. Records of retained
   * types are counted and left out, so a page may have fewer records than the limit, or none, and
   * yet be followed by another.
   *
   * @param after the record key after which the page begins; absent: the first page
   * @param limit the most records of the page
   */
  RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency);

  /**
   * Asks the index for a page of a channel user's conversations: those that started in the range,
   * and those whose start the index does not tell. They are in the order of the index's keys, which
   * need not be that of time. The index lags behind the table. Entries that lead to another bot's
   * conversations are left out. An entry whose key tells no conversation has an id that {@link
   * ConversationId#isUnreadable()}.
   *
   * @param wanted whose conversations, and the range. What began before it is counted if the job
   *     named no start, and need not be otherwise
   * @param after the position after which the page begins; absent: the first page
   * @param limit the most conversations of the page
   */
  IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit);

  /**
   * A record without its content.
   *
   * @param recordKey its key within its conversation
   * @param createdAt when it was made; absent if the platform did not write a readable moment
   * @param header present on the conversation's session header
   */
  record RecordHead(String recordKey, Optional<Instant> createdAt, Optional<SessionHeader> header) {

    /** The same record, when it no longer matters when it was made. */
    public RecordHead withoutMoment() {
      return new RecordHead(recordKey, Optional.empty(), header);
    }

    public boolean isSessionHeader() {
      return header.isPresent();
    }
  }

  /**
   * What a session header says about its conversation, as far as it is readable.
   *
   * @param startedAt when the conversation started. If its start can't be read, the moment at which
   *     the header was made stands for it
   */
  record SessionHeader(Optional<ChannelUserId> channelUser, Optional<Instant> startedAt) {}

  /**
   * A page of records. It may have none, and yet a next page.
   *
   * @param records those that are not retained
   * @param retained how many records of the page are, because of their type; a header never is
   * @param volume how large the records are, the retained ones included
   * @param next the record key after which the next page begins; absent on the last page
   */
  record RecordPage(List<RecordHead> records, int retained, Volume volume, Optional<String> next) {}

  /**
   * An entry of the index.
   *
   * @param startedAt when the conversation started; absent if the index does not tell
   * @param position where the entry stands
   */
  record IndexEntry(
      ConversationId conversation, Optional<Instant> startedAt, IndexPosition position) {}

  /**
   * A page of the index.
   *
   * @param before how many conversations of the page started before the range
   * @param next the position after which the next page begins; absent on the last page
   */
  record IndexPage(List<IndexEntry> conversations, int before, Optional<IndexPosition> next) {

    /** What entries of the index tell about a range. Moments are compared, not their texts. */
    public static IndexPage of(
        List<IndexEntry> entries, DateRange range, Optional<IndexPosition> next) {
      List<IndexEntry> wanted = new ArrayList<>();
      int before = 0;
      for (IndexEntry entry : entries) {
        Optional<Instant> start = entry.startedAt();
        if (start.isEmpty() || range.contains(start.get())) {
          wanted.add(entry);
        } else if (range.beginsAfter(start.get())) {
          before++;
        }
      }
      return new IndexPage(wanted, before, next);
    }
  }
}
