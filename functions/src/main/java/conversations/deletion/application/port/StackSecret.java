package conversations.deletion.application.port;

import conversations.deletion.domain.StackKey;

/** The secret of the stack. Safe for use by several threads. */
public interface StackSecret {

  /**
   * The key that is made of it, the same for the stack's whole life.
   *
   * @throws RuntimeException if it could not be read
   */
  StackKey key();
}
