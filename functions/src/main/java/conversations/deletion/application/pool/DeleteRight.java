package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.domain.ConversationId;

/**
 * The right to delete records, for a limited time.
 *
 * <p>Safe for use by several threads.
 */
public interface DeleteRight {

  /**
   * Names what the records belong to: session headers of the same owner share a partition of the
   * index. Never waits.
   */
  String owner();

  /**
   * Renews the right if it is about to end. It may wait for a call that does so.
   *
   * @throws RuntimeException if the right could not be renewed, or is lost
   */
  void keepAlive();

  /**
   * Returns if a delete may start now. Never waits.
   *
   * @throws OutOfTimeException if the delete might outlast the right
   */
  void requireTimeToDelete();

  /**
   * Tells whether the right is good for a conversation. It may cease to be so at any time. Never
   * waits.
   */
  boolean mayDelete(ConversationId conversation);
}
