package conversations.deletion.domain;

/** What keeps parts of a conversation. Each has a plan and a count of its own. */
public enum Store {
  /** The bucket, where the stack names one. What is there is deleted first. */
  ATTACHMENTS,
  /** The table of conversation records. */
  RECORDS
}
