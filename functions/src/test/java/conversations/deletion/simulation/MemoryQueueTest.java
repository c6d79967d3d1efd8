package conversations.deletion.simulation;

import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import java.time.Instant;
import java.util.List;

final class MemoryQueueTest extends QueueContract {

  private static final int MAX_RECEIVE_COUNT = 10;

  private Instant now = Instant.EPOCH;
  private final MemoryQueue queue = new MemoryQueue(() -> now, MAX_RECEIVE_COUNT, _ -> 0);

  @Override
  protected JobQueue queue() {
    return queue;
  }

  @Override
  protected JobMessages messages() {
    return queue;
  }

  @Override
  protected void sendForeign(String body) {
    queue.sendForeign(body);
  }

  @Override
  protected List<String> deadLetters() {
    return queue.deadLetters();
  }

  @Override
  protected void pass() {
    now = now.plusSeconds(1);
  }
}
