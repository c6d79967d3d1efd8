package conversations.deletion.application.holds;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.RecordExpiries;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.testing.RecordedLog;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EarliestExpiryTest {

  private static final Instant SOON = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");

  private final Map<String, Optional<Instant>> expiries = new ConcurrentHashMap<>();
  private final RecordedLog log = new RecordedLog();
  private long nanos;
  private long passed;

  /** An index with three conversations of a channel user. */
  private static final class Index implements ConversationReads {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      throw new UnsupportedOperationException();
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      assertThat(wanted.channelUser()).isEqualTo(new ChannelUserId("u-1"));
      assertThat(limit).isEqualTo(90);
      return IndexPage.of(
          Stream.of("c-1", "c-2", "c-3")
              .map(
                  id ->
                      new IndexEntry(
                          new ConversationId(id),
                          Optional.of(Instant.EPOCH),
                          new IndexPosition("", id, "")))
              .toList(),
          wanted.range(),
          Optional.empty());
    }
  }

  private Optional<Instant> seenOf(String... ids) {
    return seenOf(new HeldConversations(Stream.of(ids).map(ConversationId::new).toList()));
  }

  private Optional<Instant> seenOf(HoldTarget target) {
    RecordExpiries looks = (_, id) -> look(id);
    return new EarliestExpiry(
            new Index(), looks, new Clocks(() -> Instant.EPOCH, this::nanos, _ -> {}), log)
        .of(
            Hold.placed(
                new BotId("st-1"),
                new HoldId("case-17"),
                new HoldRequest(target, new HoldReason("An inquiry"), Optional.empty(), false),
                Instant.EPOCH,
                new ClientAppId("app-1")));
  }

  /** So much passes from each look at the clock to the next. */
  private long nanos() {
    nanos += passed;
    return nanos;
  }

  private Optional<Instant> look(ConversationId id) {
    if (id.value().startsWith("broken")) {
      throw new IllegalStateException("no such table");
    }
    return expiries.getOrDefault(id.value(), Optional.empty());
  }

  @Test
  void isTheEarliestThatWasSeen() {
    expiries.put("c-1", Optional.of(LATER));
    expiries.put("c-2", Optional.of(SOON));

    assertThat(seenOf("c-1", "c-2", "c-3")).contains(SOON);
    assertThat(seenOf("c-3")).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void ofAChannelUserTheIndexTellsWhatIsLookedAt() {
    expiries.put("c-3", Optional.of(SOON));

    assertThat(seenOf(new HeldChannelUser(new ChannelUserId("u-1")))).contains(SOON);
  }

  @Test
  void whatCannotBeReadIsNotSeenAndToldToTheOperator() {
    expiries.put("c-1", Optional.of(LATER));

    assertThat(seenOf("broken-1", "c-1", "broken-2")).contains(LATER);
    assertThat(log.lines()).extracting(RecordedLog.Line::event).containsExactly("expiry_not_seen");
  }

  @Test
  void noLookStartsAfterFiveSeconds() {
    expiries.put("c-1", Optional.of(SOON));

    passed = 4_999_999_999L;
    assertThat(seenOf("c-1")).contains(SOON);
    passed = 5_000_000_000L;
    assertThat(seenOf("c-1")).isEmpty();
  }
}
