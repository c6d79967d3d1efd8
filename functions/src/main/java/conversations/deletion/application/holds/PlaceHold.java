package conversations.deletion.application.holds;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.Holds;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Places holds.
 *
 * <p>Invariant: the version of the bot's holds was raised at least 20 s before the moment that a
 * caller is told. No delete starts more than 20 s after the last look at that version, so from that
 * moment on none starts that does not know of the hold.
 *
 * <p>The moment is 30 s after the one at which the raise was asked for. So the raise may take 9 s,
 * by the monotonic clock. One that took longer is made again, with a later moment.
 */
public final class PlaceHold {

  private static final Duration AHEAD = Duration.ofSeconds(30);
  private static final Duration LONGEST_RAISE = Duration.ofSeconds(9);

  private final Holds holds;
  private final Clocks clocks;
  private final OperatorLog log;

  public PlaceHold(Holds holds, Clocks clocks, OperatorLog log) {
    this.holds = holds;
    this.clocks = clocks;
    this.log = log;
  }

  /**
   * Places a hold. The same request again changes nothing; if the first one was cut short, it is
   * seen through.
   */
  public Placing place(BotId bot, HoldId id, HoldRequest request, ClientAppId by) {
    Hold asked = Hold.placed(bot, id, request, now(), by);
    Optional<Hold> before = holds.add(asked);
    return before.isPresent() ? again(before.get(), request) : promise(asked);
  }

  private Placing again(Hold stored, HoldRequest request) {
    if (stored.release().isPresent()) {
      return new WasReleased();
    }
    if (!stored.request().equals(request)) {
      return new IsAnother();
    }
    return stored.heldFrom().filter(this::isCertain).isPresent()
        ? new Placed(stored, false)
        : promise(stored);
  }

  /**
   * Tells whether a promise that was found stored can be relied on. Whoever stored it may have died
   * before finding that it took too long. But its version was raised before it was found, and no
   * function lives as long as a promise is ahead.
   */
  private boolean isCertain(Instant heldFrom) {
    Instant now = clocks.now();
    return now.plus(HoldsOfBot.GOOD_FOR).isBefore(heldFrom)
        || now.minus(HoldsOfBot.GOOD_FOR).isAfter(heldFrom);
  }

  private Placing promise(Hold asked) {
    Hold hold = asked;
    while (true) {
      long askedAt = clocks.nanos();
      Instant heldFrom = now().plus(AHEAD);
      if (!holds.promise(hold, heldFrom, entry(hold))) {
        return again(holds.find(hold.bot(), hold.id()).orElseThrow(), hold.request());
      }
      boolean isFirst = hold.heldFrom().isEmpty();
      hold = hold.heldFrom(heldFrom);
      if (isFirst) {
        log.info("hold_placed", fields(hold));
      }
      if (clocks.nanos() - askedAt <= LONGEST_RAISE.toNanos()) {
        return new Placed(hold, asked.heldFrom().isEmpty());
      }
      log.warn("hold_promised_again", fields(hold), null);
    }
  }

  /** A promise that is moved is none of the change log's business. */
  private static Optional<ChangeLogEntry> entry(Hold hold) {
    return hold.request().isConfidential() || hold.heldFrom().isPresent()
        ? Optional.empty()
        : Optional.of(ChangeLogEntry.placed(hold));
  }

  private static Map<String, String> fields(Hold hold) {
    // A hold's id is the caller's own, so it may name people.
    return Map.of("botId", hold.bot().value(), "appId", hold.placedBy().value());
  }

  private Instant now() {
    return Timestamps.toMillis(clocks.now());
  }

  /** The result of placing a hold. */
  public sealed interface Placing {}

  /**
   * It is placed.
   *
   * @param isNew whether this request has placed it, or seen its placing through
   */
  public record Placed(Hold hold, boolean isNew) implements Placing {}

  /** The id is that of a hold that asks for something else. */
  public record IsAnother() implements Placing {}

  /** The id is that of a hold that was released. */
  public record WasReleased() implements Placing {}
}
