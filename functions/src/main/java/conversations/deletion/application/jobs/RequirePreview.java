package conversations.deletion.application.jobs;

import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.util.Optional;

/**
 * Requires a preview of those who ask for more conversations of a channel user than the stack lets
 * pass unseen. They are counted by the keys of the index, up to that many and one.
 */
public interface RequirePreview {

  /** No preview is ever required. */
  RequirePreview NEVER = (_, _) -> false;

  /** Tells whether a preview is required for this. */
  boolean isRequired(BotId bot, DeletionTarget target);

  /**
   * Requires one above so many conversations.
   *
   * @param most 1 or more
   */
  static RequirePreview above(int most, ConversationReads records) {
    return (bot, target) ->
        target.ofChannelUser().filter(user -> isAbove(most, bot, user, records)).isPresent();
  }

  private static boolean isAbove(
      int most, BotId bot, ChannelUserConversations user, ConversationReads records) {
    int found = 0;
    Optional<IndexPosition> after = Optional.empty();
    do {
      IndexPage page = records.find(bot, user, after, most + 1 - found);
      found += page.conversations().size();
      after = page.next();
    } while (found <= most && after.isPresent());
    return found > most;
  }
}
