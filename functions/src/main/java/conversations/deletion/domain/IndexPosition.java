package conversations.deletion.domain;

/**
 * A place in the index of a channel user's conversations, which is ordered by start time.
 *
 * @param startedAt when the conversation at this place started, according to the index
 * @param conversation that conversation
 * @param recordKey the record key of its session header
 */
public record IndexPosition(String startedAt, ConversationId conversation, String recordKey) {}
