package conversations.deletion.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A hold that keeps a conversation or a channel user's conversations, as it stands now.
 *
 * @param isConfidential whether only those who may see holds may learn of it
 * @param until present once it was released: it holds until then
 */
public record StandingHold(HoldId id, boolean isConfidential, Optional<Instant> until) {

  /** Why a conversation is kept that these holds are on; absent if there is none. */
  public static Optional<Reason> reason(List<StandingHold> holds) {
    if (holds.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        holds.stream().allMatch(StandingHold::isConfidential)
            ? Reason.HELD_IN_CONFIDENCE
            : Reason.HELD);
  }
}
