package conversations.deletion.domain;

/**
 * A place in the index of a channel user's conversations, which is ordered by the texts of their
 * start.
 *
 * @param startedAt the text that the index has for when the conversation at this place started
 * @param conversation that conversation
 * @param recordKey the record key of its session header
 */
public record IndexPosition(String startedAt, ConversationId conversation, String recordKey) {}
