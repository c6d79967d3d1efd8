package conversations.deletion.application.port;

import conversations.deletion.domain.PreviewRef;
import java.time.Duration;

/** The sending end of the previews' queue. Its messages are hints that a preview waits. */
public interface PreviewQueue {

  /** The longest that a message can be kept back (SQS Developer Guide, "delay queues"). */
  Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /**
   * Sends a message that a preview waits.
   *
   * @param delay how long it is kept back, at most {@link #LONGEST_DELAY}
   */
  void send(PreviewRef preview, Duration delay);
}
