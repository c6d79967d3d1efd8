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
 * @param reason why it is not known to be sent; absent if there is no reason. Once an attempt had
 *     no answer, this stays {@link #NO_ANSWER} whatever later attempts bring, because from then on
 *     the owner may have the e-mail
 */
public record OwnerNotification(
    Status status, int attempts, Optional<Instant> sentAt, Optional<String> reason) {

  /** The e-mail service did not answer whether it took the e-mail. */
  public static final String NO_ANSWER = "NoAnswer";

  /** The owner had as many e-mails lately as anybody gets in an hour. */
  public static final String TOO_MANY = "TooMany";

  /** Stages of the e-mail. */
  public enum Status {
    /** The job has not ended. */
    NOT_DUE,
    /** The job has ended; the e-mail is still to be sent. */
    PENDING,
    /** The e-mail service accepted it. */
    SENT,
    /** It can't be delivered, and is not tried again. */
    UNDELIVERABLE,
    /**
     * It is not tried again, and the e-mail service did not answer whether it took it. The owner
     * may have it, once or twice.
     */
    UNCONFIRMED;

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

  /** An attempt failed, or had no answer. The e-mail is tried again. */
  public OwnerNotification failed(String why) {
    return notSent(Status.PENDING, why);
  }

  /** An attempt failed, or had no answer. The e-mail is not tried again. */
  public OwnerNotification givenUp(String why) {
    boolean mayHaveIt = hadNoAnswer() || why.equals(NO_ANSWER);
    return notSent(mayHaveIt ? Status.UNCONFIRMED : Status.UNDELIVERABLE, why);
  }

  /** It was not tried: the owner is told later, of several jobs at once. */
  public OwnerNotification heldBack() {
    return new OwnerNotification(Status.PENDING, attempts, Optional.empty(), Optional.of(TOO_MANY));
  }

  public boolean isHeldBack() {
    return isPending() && reason.filter(TOO_MANY::equals).isPresent();
  }

  private OwnerNotification notSent(Status next, String why) {
    return new OwnerNotification(
        next, attempts + 1, Optional.empty(), Optional.of(hadNoAnswer() ? NO_ANSWER : why));
  }

  /** Tells whether an attempt had no answer, so that the owner may have the e-mail. */
  public boolean hadNoAnswer() {
    return reason.filter(NO_ANSWER::equals).isPresent();
  }

  public boolean isPending() {
    return status == Status.PENDING;
  }
}
