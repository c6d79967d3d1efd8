package conversations.deletion.domain;

import java.util.Optional;

/** What a client app may do with a bot. */
public enum Scope {
  /** Submit deletion jobs and look at them. */
  DELETE_CONVERSATIONS("Delete Conversations"),
  /** Place and release holds, and look at them. */
  HOLD_CONVERSATIONS("Hold Conversations"),
  /** Read the change log. */
  LOGS_HISTORY("Logs History");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** The name by which platforms know the scope. */
  public String text() {
    return text;
  }

  /** Finds a scope by that name. */
  public static Optional<Scope> find(String text) {
    for (Scope scope : values()) {
      if (scope.text.equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
