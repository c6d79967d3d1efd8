package conversations.deletion.domain;

/**
 * A place in the index of a channel user's conversations, behind any of its entries: the keys of
 * that entry, as they are written.
 *
 * @param startedAt the index's sort key, which tells when the conversation started
 * @param conversationKey the table's partition key, which tells the conversation
 * @param recordKey the record key of its session header
 */
public record IndexPosition(String startedAt, String conversationKey, String recordKey) {}
