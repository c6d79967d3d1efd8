package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;
import java.time.Duration;
import java.util.Optional;

/**
 * The receiving end of the queue. Its messages are hints that a job waits. They may come twice,
 * late, out of order or never.
 */
public interface JobMessages {

  /**
   * Takes the next message, waiting briefly for one.
   *
   * @param visibility how long it is hidden from other receivers
   */
  Optional<Message> receive(Duration visibility);

  /** Hides a message from other receivers for this long, from now on. */
  void extend(Message message, Duration visibility);

  /** Removes a message. */
  void remove(Message message);

  /**
   * Copies a message to the dead-letter queue, with the reason, and removes it.
   *
   * @param reason why nothing can be done with it
   */
  void reject(Message message, String reason);

  /** A message as it was received. */
  sealed interface Message {

    /** The queue's own id of the message. */
    String id();

    /** Identifies this receipt of the message. */
    String receipt();

    /** Its body. */
    String body();
  }

  /** A message that names a job. */
  record JobMessage(String id, String receipt, String body, JobRef job) implements Message {}

  /** A message that is not of this service's form. */
  record ForeignMessage(String id, String receipt, String body) implements Message {}
}
