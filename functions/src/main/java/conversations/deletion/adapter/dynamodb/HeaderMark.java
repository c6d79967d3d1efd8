package conversations.deletion.adapter.dynamodb;

/** What tells a conversation's session header from its other records. */
sealed interface HeaderMark {

  /** The type that the header says it has. */
  record OfType(String type) implements HeaderMark {}

  /** The sort key that the header has. Ids in it are those of the conversation. */
  record OfSortKey(KeyTemplate template) implements HeaderMark {}
}
