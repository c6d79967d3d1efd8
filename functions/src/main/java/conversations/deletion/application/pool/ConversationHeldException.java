package conversations.deletion.application.pool;

/** A delete was not sent, because the right to delete is not good for its conversation any more. */
public final class ConversationHeldException extends RuntimeException {

  public ConversationHeldException() {
    super("a hold keeps the conversation");
  }
}
