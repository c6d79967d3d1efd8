package conversations.deletion.domain;

import conversations.deletion.domain.HoldTarget.HeldChannelUser;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order that jobs delete nothing of certain conversations of a bot.
 *
 * @param request what was asked for
 * @param placedAt when the request was accepted
 * @param placedBy the client app that placed it
 * @param heldFrom from this moment on, no delete of anything held starts. Absent while it is being
 *     placed: nothing was promised yet
 * @param release present once it was released
 */
public record Hold(
    BotId bot,
    HoldId id,
    HoldRequest request,
    Instant placedAt,
    ClientAppId placedBy,
    Optional<Instant> heldFrom,
    Optional<Release> release) {

  /**
   * The end of a hold.
   *
   * @param at when it was released
   * @param by the client app that released it
   * @param holdsUntil it holds until this moment, when the next off-peak window opens: to release
   *     it starts nothing by itself
   */
  public record Release(Instant at, ClientAppId by, Instant holdsUntil) {}

  /** A hold that is being placed. */
  public static Hold placed(
      BotId bot, HoldId id, HoldRequest request, Instant now, ClientAppId by) {
    return new Hold(bot, id, request, now, by, Optional.empty(), Optional.empty());
  }

  /** What it is looked up by. */
  public List<HoldKey> keys() {
    return switch (request.target()) {
      case HeldConversations held ->
          held.ids().stream().<HoldKey>map(HoldKey.OfConversation::new).toList();
      case HeldChannelUser held -> List.of(new HoldKey.OfUser(ChannelUserTag.of(bot, held.user())));
    };
  }

  /** Tells whether it is on a channel user. */
  public boolean isOnUser() {
    return request.target() instanceof HeldChannelUser;
  }

  /** This hold, as it was promised to hold from a moment on. */
  public Hold heldFrom(Instant moment) {
    return new Hold(bot, id, request, placedAt, placedBy, Optional.of(moment), release);
  }

  /** This hold after its release. */
  public Hold released(Release end) {
    return new Hold(bot, id, request, placedAt, placedBy, heldFrom, Optional.of(end));
  }
}
