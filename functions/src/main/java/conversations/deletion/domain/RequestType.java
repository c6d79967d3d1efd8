package conversations.deletion.domain;

/** How the conversations of a job were named. */
public enum RequestType {
  CONVERSATION_IDS("conversationIds"),
  CHANNEL_USER("cId");

  private final String text;

  RequestType(String text) {
    this.text = text;
  }

  /** The name that the API uses. */
  public String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException if no type has that name
   */
  public static RequestType of(String text) {
    for (RequestType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown request type " + text);
  }
}
