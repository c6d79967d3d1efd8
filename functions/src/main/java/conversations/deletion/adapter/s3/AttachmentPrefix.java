package conversations.deletion.adapter.s3;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.function.IntPredicate;

/**
 * How the prefix is made under which a conversation's attachments are.
 *
 * <p>No conversation's prefix begins another's, whatever their ids: each id is followed by a
 * character that no such id can have, so that where one ends is seen from the prefix alone. Both
 * ids are in it, because conversations of two bots may have the same id.
 *
 * @param template printable ASCII characters with {@value #BOT} and {@value #CONVERSATION} once
 *     each; at most {@value #MAX_LENGTH} characters
 */
public record AttachmentPrefix(String template) {

  static final String BOT = "{botId}";
  static final String CONVERSATION = "{conversationId}";

  /** The prefix of a stack that says nothing else. */
  public static final AttachmentPrefix USUAL = new AttachmentPrefix("{botId}/{conversationId}/");

  /** The parameter's too. With the longest ids, of 128 characters, keys of 1,024 have room. */
  static final int MAX_LENGTH = 64;

  /**
   * Checks the template.
   *
   * @throws IllegalArgumentException if the prefix of one conversation could begin another's
   */
  public AttachmentPrefix {
    if (template.length() > MAX_LENGTH || !template.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "'%s' is not of at most %d printable ASCII characters".formatted(template, MAX_LENGTH));
    }
    requireOnce(template, BOT);
    requireOnce(template, CONVERSATION);
    String rest = template.replace(BOT, "").replace(CONVERSATION, "");
    if (rest.contains("{") || rest.contains("}")) {
      throw new IllegalArgumentException(
          "'%s' has a brace that belongs to neither %s nor %s"
              .formatted(template, BOT, CONVERSATION));
    }
    requireEnd(template, BOT, c -> BotId.isValid(Character.toString(c)));
    requireEnd(template, CONVERSATION, c -> ConversationId.isValid(Character.toString(c)));
  }

  /**
   * The prefix of a conversation.
   *
   * @throws IllegalArgumentException if the conversation's id has not the usual form: its prefix
   *     could reach into another conversation's
   */
  public String of(BotId bot, ConversationId conversation) {
    if (!ConversationId.isValid(conversation.value())) {
      throw new IllegalArgumentException("A conversation's id can't be in a prefix");
    }
    // In this order: a conversation's id may have braces, and a bot's has none.
    return template.replace(BOT, bot.value()).replace(CONVERSATION, conversation.value());
  }

  private static void requireOnce(String template, String id) {
    int at = template.indexOf(id);
    if (at < 0 || template.indexOf(id, at + 1) >= 0) {
      throw new IllegalArgumentException("'%s' must have %s once".formatted(template, id));
    }
  }

  private static void requireEnd(String template, String id, IntPredicate ofIds) {
    int end = template.indexOf(id) + id.length();
    boolean isFollowedById = template.startsWith("{", end);
    if (end == template.length() || isFollowedById || ofIds.test(template.charAt(end))) {
      throw new IllegalArgumentException(
          "'%s' must have a character after %s that no such id can have, such as '/'"
              .formatted(template, id));
    }
  }
}
