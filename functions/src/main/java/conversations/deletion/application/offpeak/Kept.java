package conversations.deletion.application.offpeak;

import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.StandingHold;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keeps a conversation from being deleted.
 *
 * @param reason as it is told of the conversation
 * @param holds the holds that do, as far as they were looked at
 * @param endsByItself whether one of them may end without a further change of the bot's holds, as
 *     one that was released does
 * @param version of the bot's holds after which that was looked up
 */
record Kept(Reason reason, Set<HoldId> holds, boolean endsByItself, long version) {

  /** These holds are on it. */
  static Kept by(List<StandingHold> holds, HoldsOfBot ofBot) {
    return new Kept(
        StandingHold.reason(holds).orElseThrow(),
        holds.stream().map(StandingHold::id).collect(Collectors.toUnmodifiableSet()),
        // One that was never promised holds only as long as another of the bot does.
        ofBot.all().count() == 0 || holds.stream().anyMatch(one -> one.until().isPresent()),
        ofBot.version());
  }

  /**
   * Nobody knows whose it is, while holds on channel users stand.
   *
   * @param reason as these have it
   */
  static Kept asUserIsUnknown(Reason reason, boolean endsByItself, long version) {
    return new Kept(reason, Set.of(), endsByItself, version);
  }
}
