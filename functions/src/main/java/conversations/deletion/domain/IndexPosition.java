package conversations.deletion.domain;

/**
 * A place in the index of a channel user's conversations, which is ordered by start time.
 *
 * @param startedAt when the conversation at this place started, as the index has it
 * @param conversation that conversation
 * @param recordKey the record key of its session header
 */
public record IndexPosition(String startedAt, ConversationId conversation, String recordKey) {}
