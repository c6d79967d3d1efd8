package conversations.deletion.application.reading;

import conversations.deletion.domain.Reason;
import java.time.Instant;

/** What the rules say of a conversation. */
public sealed interface Verdict {

  /**
   * It is not what was asked for.
   *
   * @param beganBefore whether it is the channel user's, and began before the range
   */
  record NotAsked(boolean beganBefore) implements Verdict {}

  /** It can't be deleted as it is. */
  record Fails(Reason reason) implements Verdict {}

  /**
   * It is still open.
   *
   * @param until when it will have been idle long enough, if nothing more is written
   */
  record Open(Instant until) implements Verdict {}

  /** Nothing of it is there. */
  record Absent() implements Verdict {}

  /** It may be deleted. */
  record Deletable() implements Verdict {}
}
