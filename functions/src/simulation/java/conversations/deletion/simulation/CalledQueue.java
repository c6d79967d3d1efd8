package conversations.deletion.simulation;

import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.domain.JobRef;
import java.time.Duration;
import java.util.Optional;

/** The queue, as a worker calls it. */
final class CalledQueue implements JobQueue, JobMessages {

  private final World world;
  private final Calls calls;

  CalledQueue(World world, Calls calls) {
    this.world = world;
    this.calls = calls;
  }

  @Override
  public void send(JobRef ref) {
    calls.call(
        Permission.SEND_MESSAGES, "send " + world.callers.shortName(ref), () -> world.send(ref));
  }

  @Override
  public Optional<Message> receive(Duration visibility) {
    return calls.call(
        Permission.RECEIVE_MESSAGES, "receive", () -> world.queue.receive(visibility));
  }

  @Override
  public void extend(Message message, Duration visibility) {
    calls.call(
        Permission.CHANGE_MESSAGES,
        "extend message",
        () -> world.queue.extend(message, visibility));
  }

  @Override
  public void remove(Message message) {
    calls.call(Permission.CHANGE_MESSAGES, "remove message", () -> world.queue.remove(message));
  }

  @Override
  public void reject(Message message, String reason) {
    calls.call(
        Permission.CHANGE_MESSAGES, "reject message", () -> world.queue.reject(message, reason));
  }
}
