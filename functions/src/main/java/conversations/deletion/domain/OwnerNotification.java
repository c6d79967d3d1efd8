package conversations.deletion.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of the e-mail to the bot's owner.
 *
 * @param status the stage it is at
 * @param attempts how often the service tried to send it
 * @param sentAt when the e-mail service accepted it
 * @param reason why it was not sent; absent if there is no reason
 */
public record OwnerNotification(
    Status status, int attempts, Optional<Instant> sentAt, Optional<String> reason) {

  /** Stages of the e-mail. */
  public enum Status {
    /** The job has not ended. */
    NOT_DUE,
    /** The job has ended; the e-mail is still to be sent. */
    PENDING,
    /** The e-mail service accepted it. */
    SENT,
    /** It can't be delivered, and is not tried again. */
    UNDELIVERABLE;

    /** The name that the API uses. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if no status has that name
     */
    public static Status of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Nothing to send yet. */
  public static OwnerNotification notDue() {
    return new OwnerNotification(Status.NOT_DUE, 0, Optional.empty(), Optional.empty());
  }

  /** The job has just ended. */
  public static OwnerNotification pending() {
    return new OwnerNotification(Status.PENDING, 0, Optional.empty(), Optional.empty());
  }

  /** It was accepted at this moment. */
  public OwnerNotification sent(Instant at) {
    return new OwnerNotification(Status.SENT, attempts + 1, Optional.of(at), Optional.empty());
  }

  /** It failed for now. */
  public OwnerNotification failed(String why) {
    return new OwnerNotification(Status.PENDING, attempts + 1, Optional.empty(), Optional.of(why));
  }

  /** It failed for good. */
  public OwnerNotification undeliverable(String why) {
    return new OwnerNotification(
        Status.UNDELIVERABLE, attempts + 1, Optional.empty(), Optional.of(why));
  }

  public boolean isPending() {
    return status == Status.PENDING;
  }
}
