package conversations.deletion.simulation;

import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.domain.JobRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** The queue in memory, and the dead-letter queue beside it. */
public final class MemoryQueue implements JobQueue, JobMessages {

  private static final class Waiting {
    private final String id;
    private final Optional<JobRef> job;
    private final String body;
    private Instant visibleAt;
    private int received;

    Waiting(String id, Optional<JobRef> job, String body, Instant visibleAt) {
      this.id = id;
      this.job = job;
      this.body = body;
      this.visibleAt = visibleAt;
    }

    String receipt() {
      return id + "/" + received;
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();
  private final InstantSource clock;
  private final int maxReceiveCount;
  private final IntUnaryOperator choice;
  private int lastId;

  /**
   * @param choice picks one of this many visible messages to receive, because queues promise no
   *     order
   */
  public MemoryQueue(InstantSource clock, int maxReceiveCount, IntUnaryOperator choice) {
    this.clock = clock;
    this.maxReceiveCount = maxReceiveCount;
    this.choice = choice;
  }

  @Override
  public void send(JobRef job) {
    send(job, Duration.ZERO);
  }

  /** Sends a message that arrives after a delay. */
  public void send(JobRef job, Duration delay) {
    add(Optional.of(job), job.toString(), delay);
  }

  /** Sends a message that is not of this service's form. */
  public void sendForeign(String body) {
    add(Optional.empty(), body, Duration.ZERO);
  }

  private void add(Optional<JobRef> job, String body, Duration delay) {
    waiting.add(new Waiting("m" + ++lastId, job, body, clock.instant().plus(delay)));
  }

  @Override
  public Optional<Message> receive(Duration visibility) {
    Instant now = clock.instant();
    while (true) {
      List<Waiting> visible = waiting.stream().filter(one -> !one.visibleAt.isAfter(now)).toList();
      if (visible.isEmpty()) {
        return Optional.empty();
      }
      Waiting chosen = visible.get(choice.applyAsInt(visible.size()));
      if (chosen.received < maxReceiveCount) {
        chosen.received++;
        chosen.visibleAt = now.plus(visibility);
        return Optional.of(message(chosen));
      }
      waiting.remove(chosen);
      deadLetters.add("received " + maxReceiveCount + " times");
    }
  }

  private static Message message(Waiting one) {
    return one.job
        .<Message>map(job -> new JobMessage(one.id, one.receipt(), one.body, job))
        .orElseGet(() -> new ForeignMessage(one.id, one.receipt(), one.body));
  }

  @Override
  public void extend(Message message, Duration visibility) {
    find(message).ifPresent(one -> one.visibleAt = clock.instant().plus(visibility));
  }

  @Override
  public void remove(Message message) {
    find(message).ifPresent(waiting::remove);
  }

  private Optional<Waiting> find(Message message) {
    return waiting.stream().filter(one -> one.receipt().equals(message.receipt())).findFirst();
  }

  @Override
  public void reject(Message message, String reason) {
    deadLetters.add(reason);
    remove(message);
  }

  /** Loses all messages. */
  public void lose() {
    waiting.clear();
  }

  /** The reasons of the messages in the dead-letter queue. */
  public List<String> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** When the next message becomes visible. */
  public Optional<Instant> nextVisible() {
    return waiting.stream().map(one -> one.visibleAt).min(Instant::compareTo);
  }
}
