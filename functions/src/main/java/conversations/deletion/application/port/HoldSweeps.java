package conversations.deletion.application.port;

import conversations.deletion.domain.Hold;
import java.time.Instant;
import java.util.stream.Stream;

/** Finds, without a scan, the holds that need something done. */
public interface HoldSweeps {

  /**
   * The holds that are due by now, page by page, as far as they are used: those whose release a
   * caller did not see through, and those whose moment of review has passed.
   */
  Stream<Hold> due(Instant now);

  /** Sees a release through that was stored in part. To do it twice changes nothing more. */
  void finishRelease(Hold released);

  /** Stores that somebody was told of the review. The hold stands. */
  void reviewed(Hold hold);
}
