package conversations.deletion.application.port;

import conversations.deletion.domain.OwnerNotice;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The e-mails that are to tell owners of jobs that have not ended. Each is stored together with
 * what it tells, and removed once it was sent, is of no use any more, or was given up.
 */
public interface OwnerNotices {

  /** Finds those that are due, page by page, as far as they are used. */
  Stream<OwnerNotice> due(Instant now);

  /**
   * Stores that an attempt has begun.
   *
   * @param seen the notice as it was found
   * @param begun the notice as it is from now on
   * @return false if another run began one first, or the notice is gone; nothing was changed then
   */
  boolean begin(OwnerNotice seen, OwnerNotice begun);

  /** Stores that the e-mail service did not answer, unless the notice is gone. */
  void hadNoAnswer(OwnerNotice notice);

  /** Removes a notice. To remove it twice changes nothing more. */
  void remove(OwnerNotice notice);
}
