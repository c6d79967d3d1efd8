package conversations.deletion.local.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.template.FeedDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Feeds a function from a queue, as Lambda's event source mapping does: a message that the function
 * handled is deleted, and one that it failed with is visible again after the queue's time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     SQS</a>
 */
public final class QueueFeed implements AutoCloseable {

  private static final int LONGEST_POLL_SECONDS = 1;
  private static final int PAUSE_AFTER_FAILURE_MILLIS = 500;

  private final ObjectMapper json = new ObjectMapper();
  private final FeedDefinition feed;
  private final SqsClient sqs;
  private final String queueUrl;
  private final Function<byte[], InvocationResult> function;
  private final List<Thread> pollers = new ArrayList<>();
  private volatile boolean isClosed;

  private QueueFeed(
      FeedDefinition feed,
      SqsClient sqs,
      String queueUrl,
      Function<byte[], InvocationResult> function) {
    this.feed = feed;
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.function = function;
  }

  /**
   * A feed that runs until it is closed.
   *
   * @param function is called with the event of each message
   */
  public static QueueFeed start(
      FeedDefinition definition,
      SqsClient sqs,
      String queueUrl,
      Function<byte[], InvocationResult> function) {
    QueueFeed feed = new QueueFeed(definition, sqs, queueUrl, function);
    for (int i = 0; i < definition.atOnce(); i++) {
      feed.pollers.add(Thread.ofPlatform().daemon().name("queue-feed-" + i).start(feed::poll));
    }
    return feed;
  }

  private void poll() {
    while (!isClosed) {
      try {
        receive().forEach(this::handle);
      } catch (SdkException _) {
        // The queue does not answer, or is being closed.
        pause();
      }
    }
  }

  private List<Message> receive() {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(1)
                    .waitTimeSeconds(LONGEST_POLL_SECONDS))
        .messages();
  }

  private void handle(Message message) {
    if (function.apply(event(message)) instanceof InvocationResult.Success) {
      sqs.deleteMessage(
          request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    }
  }

  private byte[] event(Message message) {
    try {
      return json.writeValueAsBytes(
          Map.of(
              "Records",
              List.of(
                  Map.of(
                      "messageId", message.messageId(),
                      "receiptHandle", message.receiptHandle(),
                      "body", message.body(),
                      "attributes", Map.of(),
                      "messageAttributes", Map.of(),
                      "eventSource", "aws:sqs",
                      "eventSourceARN", feed.arn(),
                      "awsRegion", feed.arn().split(":")[3]))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns once no message is being handled any more. */
  @Override
  public void close() {
    isClosed = true;
    try {
      for (Thread poller : pollers) {
        poller.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
