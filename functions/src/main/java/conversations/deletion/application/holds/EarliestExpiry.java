package conversations.deletion.application.holds;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.RecordExpiries;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Looks when the first record of what a hold keeps expires by itself, which no hold stops.
 *
 * <p>It tells of what it sees in a short time, and promises nothing of the rest. The hold is placed
 * whether or not it sees anything.
 */
public final class EarliestExpiry {

  /** No look starts later. */
  private static final Duration TIME = Duration.ofSeconds(5);

  private static final int LOOKS_AT_ONCE = 16;

  private static final DateRange EVER =
      new DateRange(
          Timestamps.parse("0000-01-01T00:00:00.000Z"),
          Timestamps.parse("9999-12-31T23:59:59.999Z"));

  private final ConversationReads records;
  private final RecordExpiries expiries;
  private final Clocks clocks;
  private final OperatorLog log;

  public EarliestExpiry(
      ConversationReads records, RecordExpiries expiries, Clocks clocks, OperatorLog log) {
    this.records = records;
    this.expiries = expiries;
    this.clocks = clocks;
    this.log = log;
  }

  /** The earliest moment that was seen; absent if none was. */
  public Optional<Instant> of(Hold hold) {
    Look look = new Look(hold.bot(), clocks.nanos() + TIME.toNanos());
    Optional<Instant> earliest = look.earliest(hold);
    look.failure
        .get()
        .ifPresent(e -> log.warn("expiry_not_seen", Map.of("botId", hold.bot().value()), e));
    return earliest;
  }

  /** One look. */
  private final class Look {

    private final BotId bot;
    private final long endNanos;
    private final AtomicReference<Optional<RuntimeException>> failure =
        new AtomicReference<>(Optional.empty());

    Look(BotId bot, long endNanos) {
      this.bot = bot;
      this.endNanos = endNanos;
    }

    Optional<Instant> earliest(Hold hold) {
      List<ConversationId> held =
          switch (hold.request().target()) {
            case HeldConversations(List<ConversationId> ids) -> ids;
            case HeldChannelUser(ChannelUserId user) -> some(user);
          };
      return Parallel.map(held, LOOKS_AT_ONCE, this::earliest).stream()
          .flatMap(Optional::stream)
          .min(Instant::compareTo);
    }

    private Optional<Instant> earliest(ConversationId conversation) {
      return clocks.nanos() - endNanos >= 0
          ? Optional.empty()
          : seen(() -> expiries.earliest(bot, conversation), Optional.empty());
    }

    /** The first of a channel user's conversations, as the index has them. */
    private List<ConversationId> some(ChannelUserId user) {
      ChannelUserConversations all = new ChannelUserConversations(user, EVER);
      List<IndexEntry> found =
          seen(
              () -> records.find(bot, all, Optional.empty(), HeldConversations.MAX).conversations(),
              List.of());
      return found.stream().map(IndexEntry::conversation).toList();
    }

    private <T> T seen(Supplier<T> look, T otherwise) {
      try {
        return look.get();
      } catch (RuntimeException e) {
        failure.set(Optional.of(e));
        return otherwise;
      }
    }
  }
}
