package conversations.deletion.local.simulation;

import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.local.QueueByHand;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.QueueContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

final class SqsQueueIT extends QueueContract {

  private static final String QUEUE = "DeletionQueue";
  private static final String DEAD_LETTERS = "DeletionDeadLetterQueue";

  @AutoClose private static final Stack stack = new Stack();

  private final QueueByHand byHand = new QueueByHand(stack);

  @BeforeEach
  void empty() {
    byHand.lose();
  }

  @Override
  protected JobQueue queue() {
    return new SqsJobQueue(stack.sqs(), stack.queueUrl(QUEUE));
  }

  @Override
  protected JobMessages messages() {
    return new SqsJobMessages(
        stack.sqs(), stack.queueUrl(QUEUE), stack.queueUrl(DEAD_LETTERS), Duration.ZERO);
  }

  @Override
  protected void sendForeign(String body) {
    byHand.send(body);
  }

  @Override
  protected List<String> deadLetters() {
    return byHand.deadLetters();
  }

  /** Real time passes by itself, and a receive needs no other wait. */
  @Override
  protected void pass() {
    Thread.onSpinWait();
  }
}
