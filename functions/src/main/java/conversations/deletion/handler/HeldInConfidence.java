package conversations.deletion.handler;

import conversations.deletion.domain.Reason;
import java.util.Optional;

/** What is told of conversations that only confidential holds keep. */
final class HeldInConfidence {

  private HeldInConfidence() {}

  /**
   * The reason that is shown: to those who may see holds, what is held in confidence is held like
   * all else. To others there is no reason.
   */
  static Optional<String> reason(Optional<Reason> reason, boolean seesHolds) {
    if (reason.isEmpty() || reason.get() != Reason.HELD_IN_CONFIDENCE) {
      return reason.isPresent() ? Optional.of(reason.get().text()) : Optional.empty();
    }
    return seesHolds ? Optional.of(Reason.HELD.text()) : Optional.empty();
  }
}
