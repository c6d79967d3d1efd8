package conversations.deletion.adapter.sqs;

import conversations.deletion.application.port.JobMessages;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Takes messages from the queue of waiting jobs, and moves rejected ones to its dead-letter queue.
 */
public final class SqsJobMessages implements JobMessages {

  private final SqsClient sqs;
  private final String queueUrl;
  private final String deadLetterQueueUrl;
  private final Duration wait;

  /**
   * Takes messages from a queue.
   *
   * @param wait how long to wait for a message, in whole seconds. Without a wait, SQS asks only
   *     some of its servers and may miss a message that is there (SQS Developer Guide, "Amazon SQS
   *     short and long polling").
   */
  public SqsJobMessages(SqsClient sqs, String queueUrl, String deadLetterQueueUrl, Duration wait) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.deadLetterQueueUrl = deadLetterQueueUrl;
    this.wait = wait;
  }

  @Override
  public Optional<Message> receive(Duration visibility) {
    return sqs
        .receiveMessage(
            request ->
                request
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(1)
                    .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                    .visibilityTimeout(seconds(visibility)))
        .messages()
        .stream()
        .findFirst()
        .map(SqsJobMessages::message);
  }

  @Override
  public void extend(Message message, Duration visibility) {
    sqs.changeMessageVisibility(
        request ->
            request
                .queueUrl(queueUrl)
                .receiptHandle(message.receipt())
                .visibilityTimeout(seconds(visibility)));
  }

  @Override
  public void remove(Message message) {
    sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receipt()));
  }

  @Override
  public void reject(Message message, String reason) {
    sqs.sendMessage(
        request ->
            request
                .queueUrl(deadLetterQueueUrl)
                .messageBody(message.body())
                .messageAttributes(
                    Map.of("reason", text(reason), "originalMessageId", text(message.id()))));
    remove(message);
  }

  private static Message message(software.amazon.awssdk.services.sqs.model.Message received) {
    String id = received.messageId();
    String receipt = received.receiptHandle();
    String body = received.body();
    return MessageBody.read(body)
        .<Message>map(job -> new JobMessage(id, receipt, body, job))
        .orElseGet(() -> new ForeignMessage(id, receipt, body));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
