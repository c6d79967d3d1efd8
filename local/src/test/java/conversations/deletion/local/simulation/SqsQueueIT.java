package conversations.deletion.local.simulation;

import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.simulation.QueueContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

final class SqsQueueIT extends QueueContract {

  private static final String QUEUE = "DeletionQueue";
  private static final String DEAD_LETTERS = "DeletionDeadLetterQueue";
  private static Stack stack;

  @BeforeAll
  static void create() {
    stack = new Stack();
  }

  @AfterAll
  static void delete() {
    stack.close();
  }

  @BeforeEach
  void empty() {
    stack.sqs().purgeQueue(request -> request.queueUrl(stack.queueUrl(QUEUE)));
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
    stack.sqs().sendMessage(request -> request.queueUrl(stack.queueUrl(QUEUE)).messageBody(body));
  }

  @Override
  protected List<String> deadLetters() {
    return stack
        .sqs()
        .receiveMessage(
            request ->
                request
                    .queueUrl(stack.queueUrl(DEAD_LETTERS))
                    .maxNumberOfMessages(10)
                    .messageAttributeNames("All"))
        .messages()
        .stream()
        .map(message -> message.messageAttributes().get("reason").stringValue())
        .toList();
  }

  /** Real time passes by itself; a receive waits for nothing longer. */
  @Override
  protected void pass() {
    Thread.onSpinWait();
  }
}
