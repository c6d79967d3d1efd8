package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobMessages.Message;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of the ports to the queue promises. Each test has an empty queue. */
public abstract class QueueContract {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final BotId BOT = new BotId("st-1");
  private static final JobRef JOB =
      new JobRef(BOT, JobId.of(BOT, new ClientAppId("contract"), "1"));

  protected abstract JobQueue queue();

  protected abstract JobMessages messages();

  /** Sends a message that is not of this service's form. */
  protected abstract void sendForeign(String body);

  /** The reasons of the messages in the dead-letter queue. */
  protected abstract List<String> deadLetters();

  private Message receive() {
    return messages().receive(LONG).orElseThrow();
  }

  @Test
  void nothingIsReceivedOfAnEmptyQueue() {
    assertThat(messages().receive(LONG)).isEmpty();
  }

  @Test
  void aMessageNamesItsJobAndIsKeptFromOthers() {
    queue().send(JOB);
    assertThat(receive())
        .isInstanceOfSatisfying(JobMessage.class, one -> assertThat(one.job()).isEqualTo(JOB));
    assertThat(messages().receive(LONG)).isEmpty();
  }

  @Test
  void aMessageThatIsLetGoComesAgain() {
    queue().send(JOB);
    Message first = receive();
    messages().extend(first, Duration.ofSeconds(1));
    Optional<Message> again = Optional.empty();
    while (again.isEmpty()) {
      pass();
      again = messages().receive(LONG);
    }
    assertThat(again.get().id()).isEqualTo(first.id());
    assertThat(again.get().receipt()).isNotEqualTo(first.receipt());
  }

  /** Lets some time pass, if it does not pass by itself. */
  protected abstract void pass();

  @Test
  void aRemovedMessageIsGone() {
    queue().send(JOB);
    messages().remove(receive());
    assertThat(messages().receive(LONG)).isEmpty();
  }

  @Test
  void aForeignMessageIsToldApartAndRejectedWithTheReason() {
    sendForeign("hello");
    Message foreign = receive();
    assertThat(foreign).isInstanceOf(JobMessages.ForeignMessage.class);
    assertThat(foreign.body()).isEqualTo("hello");
    messages().reject(foreign, "no_job");
    assertThat(deadLetters()).containsExactly("no_job");
    assertThat(messages().receive(LONG)).isEmpty();
  }
}
