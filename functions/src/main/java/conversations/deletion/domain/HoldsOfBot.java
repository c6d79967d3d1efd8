package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the holds of a bot stand, in short.
 *
 * @param version grows with each hold that is placed or released, after all of it is stored
 * @param all the holds of the bot
 * @param onUsers those of them that are on channel users
 * @param openOnUsers those of these that are not confidential
 */
public record HoldsOfBot(long version, Standing all, Standing onUsers, Standing openOnUsers) {

  /**
   * For so long after the version was asked for, by the monotonic clock, deletes may start by it.
   * Who places a hold promises it for later than that.
   */
  public static final Duration GOOD_FOR = Duration.ofSeconds(20);

  /** Nothing was ever held. */
  public static final HoldsOfBot NONE =
      new HoldsOfBot(0, Standing.NONE, Standing.NONE, Standing.NONE);

  /**
   * How they stand after the release of one of them. A hold that was never promised did not count.
   */
  public HoldsOfBot released(Hold hold) {
    boolean counted = hold.heldFrom().isPresent();
    Instant until = hold.release().orElseThrow().holdsUntil();
    boolean onUser = counted && hold.isOnUser();
    return new HoldsOfBot(
        version + 1,
        counted ? all.released(until) : all,
        onUser ? onUsers.released(until) : onUsers,
        onUser && !hold.request().isConfidential() ? openOnUsers.released(until) : openOnUsers);
  }

  /** Why a conversation is kept of which nobody can tell whose it is; absent if it is free. */
  public Optional<Reason> reasonOfUnknownUser(Instant moment) {
    if (!onUsers.isAnyAt(moment)) {
      return Optional.empty();
    }
    return Optional.of(
        openOnUsers.isAnyAt(moment) ? Reason.USER_UNKNOWN : Reason.HELD_IN_CONFIDENCE);
  }

  /**
   * Some of a bot's holds.
   *
   * @param count how many were not released
   * @param releasedUntil until when the last of those that were released holds
   */
  public record Standing(long count, Instant releasedUntil) {

    /** None. */
    public static final Standing NONE = new Standing(0, Instant.EPOCH);

    private Standing released(Instant until) {
      return new Standing(count - 1, until.isAfter(releasedUntil) ? until : releasedUntil);
    }

    /** Tells whether any of them holds at a moment. */
    public boolean isAnyAt(Instant moment) {
      return count > 0 || moment.isBefore(releasedUntil);
    }
  }
}
