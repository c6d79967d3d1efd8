package conversations.deletion.local;

import java.util.List;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Changes a stack's queue of deletion jobs in ways that may happen to it, and reads what is in it.
 */
public final class QueueByHand {

  private static final String DEAD_LETTERS = "DeletionDeadLetterQueue";

  private final Stack stack;

  public QueueByHand(Stack stack) {
    this.stack = stack;
  }

  /** Sends a message of any form. */
  public void send(String body) {
    stack.sqs().sendMessage(request -> request.queueUrl(url()).messageBody(body));
  }

  /** Loses all messages. */
  public void lose() {
    stack.sqs().purgeQueue(request -> request.queueUrl(url()));
  }

  /** How many messages are in the queue, seen by a worker or not. */
  public int waiting() {
    return stack
        .sqs()
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(url())
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** Makes those of these messages visible again that were not removed. */
  public void show(List<String> receipts) {
    for (String receipt : receipts) {
      try {
        stack
            .sqs()
            .changeMessageVisibility(
                request -> request.queueUrl(url()).receiptHandle(receipt).visibilityTimeout(0));
      } catch (SqsException _) {
        // The message was removed.
      }
    }
  }

  /** Why messages are in the dead-letter queue. */
  public List<String> deadLetters() {
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

  private String url() {
    return stack.queueUrl("DeletionQueue");
  }
}
