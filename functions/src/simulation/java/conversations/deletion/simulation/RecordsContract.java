package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.RecordPage;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of the port to conversation records promises, once all its writes have
 * settled.
 */
public abstract class RecordsContract {

  private static final Instant START = Instant.parse("2026-05-08T10:00:00.000Z");

  private final BotId bot = new BotId("st-" + UUID.randomUUID());
  private final ChannelUserId user = new ChannelUserId("u-" + UUID.randomUUID());

  protected abstract ConversationRecords records();

  /** A platform writes a record. */
  protected abstract void write(BotId ofBot, ConversationId conversation, RecordHead record);

  /**
   * A platform writes a session header.
   *
   * @param startedAt the text that it writes for the conversation's start
   */
  protected abstract void writeHeader(
      BotId ofBot, ConversationId conversation, RecordHead header, String startedAt);

  /** A platform writes a record of a type that is retained. */
  protected abstract void writeRetained(
      BotId ofBot, ConversationId conversation, RecordHead record);

  /** Begins a conversation of which the header says this text as its start. */
  private ConversationId beginWith(String startedAt) {
    ConversationId conversation = new ConversationId("at " + startedAt);
    writeHeader(bot, conversation, header(START), startedAt);
    return conversation;
  }

  private RecordHead header(Instant createdAt) {
    SessionHeader header = new SessionHeader(Optional.of(user), Optional.empty());
    return new RecordHead("SESSION", Optional.of(createdAt), Optional.of(header));
  }

  private ConversationId begin(String id, ChannelUserId of, Instant start, String... others) {
    ConversationId conversation = new ConversationId(id);
    SessionHeader header = new SessionHeader(Optional.of(of), Optional.of(start));
    write(bot, conversation, new RecordHead("SESSION", Optional.of(start), Optional.of(header)));
    for (String key : others) {
      write(bot, conversation, new RecordHead(key, Optional.of(start), Optional.empty()));
    }
    return conversation;
  }

  private List<String> keys(BotId of, ConversationId conversation, int limit) {
    List<String> keys = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      RecordPage page = records().read(of, conversation, after, limit, Consistency.STRONG);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
      page.records().forEach(one -> keys.add(one.recordKey()));
      after = page.next();
    } while (after.isPresent());
    return keys;
  }

  private int before(Instant from, Instant to) {
    int before = 0;
    Optional<IndexPosition> after = Optional.empty();
    do {
      IndexPage page = records().find(bot, withoutStart(from, to), after, 2);
      before += page.before();
      after = page.next();
    } while (after.isPresent());
    return before;
  }

  /** Of a job that names no start, for which the conversations before its range are counted. */
  private ChannelUserConversations withoutStart(Instant from, Instant to) {
    return new ChannelUserConversations(user, new DateRange(from, to), true);
  }

  private List<String> found(Instant from, Instant to, int limit) {
    List<String> found = new ArrayList<>();
    Optional<IndexPosition> after = Optional.empty();
    do {
      IndexPage page =
          records()
              .find(bot, new ChannelUserConversations(user, new DateRange(from, to)), after, limit);
      assertThat(page.conversations()).hasSizeLessThanOrEqualTo(limit);
      page.conversations().forEach(one -> found.add(one.conversation().value()));
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  @Test
  void readsAConversationPageByPageInTheOrderOfItsKeys() {
    ConversationId one = begin("c1", user, START, "b", "a", "é", "Z", "\uFFFD", "\uD83D\uDE00");
    begin("c2", user, START, "x");
    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(keys(bot, one, limit))
          .containsExactly("SESSION", "Z", "a", "b", "é", "\uFFFD", "\uD83D\uDE00");
    }
  }

  @Test
  void tellsOfEachRecordWhatItIs() {
    ConversationId one = begin("c1", user, START, "m");
    SessionHeader header = new SessionHeader(Optional.of(user), Optional.of(START));
    assertThat(records().read(bot, one, Optional.empty(), 10, Consistency.EVENTUAL).records())
        .containsExactly(
            new RecordHead("SESSION", Optional.of(START), Optional.of(header)),
            new RecordHead("m", Optional.of(START), Optional.empty()));
  }

  @Test
  void findsAUsersConversationsInTheOrderOfTheirStartWithinTheRange() {
    begin("late", user, START.plusSeconds(2));
    begin("early", user, START);
    begin("middle", user, START.plusMillis(1));
    begin("after", user, START.plusSeconds(2).plusMillis(1));
    begin("before", user, START.minusMillis(1));
    begin("another", new ChannelUserId("u-another"), START);
    for (int limit : List.of(1, 2, 100)) {
      assertThat(found(START, START.plusSeconds(2), limit))
          .containsExactly("early", "middle", "late");
    }
  }

  /** 2026-05-08, 10:00 to 12:00. Some of these texts sort before all of that day, some behind. */
  @Test
  void comparesMomentsHoweverTheyAreWrittenAndNotTheirTexts() {
    List<String> inRange =
        List.of(
            "2026-05-08T10:00:00.000Z",
            "2026-05-08T10:00:00Z",
            "2026-05-08T10:00:00.000456Z",
            "2026-05-08T10:00:00.000456789Z",
            "2026-05-08T10:00:00+00:00",
            "2026-05-08T10:00Z",
            "2026-05-08t10:00:00z",
            "2026-05-08 10:00:00",
            "2026-05-08T10:00:00",
            "2026-05-09T00:30:00+14:00",
            "2026-05-07T22:00:00-1200",
            "2026-05-08T12:00:00.000999Z",
            "1778234400",
            "1778234400.5",
            "1778234400500");
    List<String> before =
        List.of(
            "2026-05-08T09:59:59.999999Z",
            "2026-05-08T10:30:00+02:00",
            "2026-05-08 09:59",
            "1778234399",
            "1778234399999");
    List<String> after =
        List.of(
            "2026-05-08T12:00:00.001Z",
            "2026-05-08T11:30:00-02:00",
            "2026-05-08T12:00:01",
            "1778241601",
            "2026-05-09 00:00:00");
    Stream.of(inRange, before, after).flatMap(List::stream).forEach(this::beginWith);
    Instant to = START.plusSeconds(7_200);

    for (int limit : List.of(1, 2, 100)) {
      assertThat(found(START, to, limit))
          .containsExactlyElementsOf(inRange.stream().sorted().map("at "::concat).toList());
    }
    assertThat(before(START, to)).isEqualTo(before.size());
  }

  /** The order of the index is that of texts, and a page begins where the one before it ended. */
  @Test
  void goesOnBehindATextWhateverItIs() {
    Stream.of("yesterday", "é", "2026-05-08T10:00:00.5Z", "%", "1778234400")
        .forEach(this::beginWith);

    assertThat(found(START, START.plusSeconds(1), 1))
        .containsExactly(
            "at %", "at 1778234400", "at 2026-05-08T10:00:00.5Z", "at yesterday", "at é");
  }

  @Test
  void namesConversationsWhoseStartCannotBeRead() {
    ConversationId one = beginWith("04.05.2026 10:00");
    Instant later = START.plusSeconds(60);

    assertThat(found(later, later, 10)).containsExactly("at 04.05.2026 10:00");
    assertThat(before(later, later)).isZero();
    assertThat(records().read(bot, one, Optional.empty(), 10, Consistency.STRONG).records())
        .as("when the header was made stands for its start")
        .extracting(head -> head.header().orElseThrow().startedAt())
        .containsExactly(Optional.of(START));
  }

  @Test
  void tellsTheStartThatAHeaderSaysInWhateverForm() {
    ConversationId one = beginWith("2026-05-04 11:30:00.123456+02:00");

    assertThat(records().read(bot, one, Optional.empty(), 10, Consistency.STRONG).records())
        .extracting(head -> head.header().orElseThrow().startedAt())
        .containsExactly(Optional.of(Instant.parse("2026-05-04T09:30:00.123456Z")));
  }

  @Test
  void countsRecordsOfRetainedTypesAndTellsNothingElseOfThem() {
    ConversationId one = begin("c1", user, START, "b", "d");
    for (String key : List.of("a", "c", "e", "f")) {
      writeRetained(bot, one, new RecordHead(key, Optional.of(START), Optional.empty()));
    }

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(keys(bot, one, limit)).containsExactly("SESSION", "b", "d");
      assertThat(retained(one, limit)).isEqualTo(4);
    }
  }

  private int retained(ConversationId conversation, int limit) {
    int retained = 0;
    Optional<String> after = Optional.empty();
    do {
      RecordPage page = records().read(bot, conversation, after, limit, Consistency.STRONG);
      retained += page.retained();
      after = page.next();
    } while (after.isPresent());
    return retained;
  }

  @Test
  void neverRetainsAHeaderWhateverItsType() {
    ConversationId one = new ConversationId("c1");
    writeRetained(bot, one, header(START));

    assertThat(keys(bot, one, 10)).containsExactly("SESSION");
  }

  @Test
  void deletesWhatIsNamedAndNothingElse() {
    BotId other = new BotId("st-" + UUID.randomUUID());
    ConversationId one = begin("c1", user, START, "a", "b");
    ConversationId two = begin("c2", user, START, "a", "b");
    write(other, one, new RecordHead("a", Optional.of(START), Optional.empty()));
    List<RecordId> toDelete =
        List.of(
            new RecordId(bot, one, "a"),
            new RecordId(bot, two, "b"),
            new RecordId(bot, two, "not there"));
    assertThat(records().delete(toDelete).unprocessed()).isEmpty();
    assertThat(records().delete(toDelete).unprocessed()).isEmpty();
    assertThat(keys(bot, one, 10)).containsExactly("SESSION", "b");
    assertThat(keys(bot, two, 10)).containsExactly("SESSION", "a");
    assertThat(keys(other, one, 10)).containsExactly("a");
  }

  @Test
  void aConversationWithoutItsHeaderIsNotFound() {
    ConversationId one = begin("c1", user, START, "a");
    records().delete(List.of(new RecordId(bot, one, "SESSION")));
    assertThat(found(START, START, 10)).isEmpty();
    assertThat(keys(bot, one, 10)).containsExactly("a");
  }
}
