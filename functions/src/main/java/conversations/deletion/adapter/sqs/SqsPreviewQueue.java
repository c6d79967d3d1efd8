package conversations.deletion.adapter.sqs;

import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.domain.PreviewRef;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends previews to their queue. The bot is a message's group, so that a bot with many previews
 * holds up no other (SQS Developer Guide, "Amazon SQS fair queues").
 */
public final class SqsPreviewQueue implements PreviewQueue {

  private final SqsClient sqs;
  private final String queueUrl;

  public SqsPreviewQueue(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void send(PreviewRef preview, Duration delay) {
    String body = MessageBody.write(preview);
    sqs.sendMessage(
        request ->
            request
                .queueUrl(queueUrl)
                .messageBody(body)
                .messageGroupId(preview.bot().value())
                .delaySeconds(Math.toIntExact(Math.ceilDiv(delay.toMillis(), 1000))));
  }
}
