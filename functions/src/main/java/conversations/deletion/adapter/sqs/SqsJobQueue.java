package conversations.deletion.adapter.sqs;

import conversations.deletion.application.port.JobQueue;
import conversations.deletion.domain.JobRef;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends jobs to the queue of waiting jobs. The bot is a message's group, so that a bot with many
 * jobs holds up no other (SQS Developer Guide, "Amazon SQS fair queues").
 */
public final class SqsJobQueue implements JobQueue {

  private final SqsClient sqs;
  private final String queueUrl;

  public SqsJobQueue(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void send(JobRef job) {
    String body = MessageBody.write(job);
    sqs.sendMessage(
        request -> request.queueUrl(queueUrl).messageBody(body).messageGroupId(job.bot().value()));
  }
}
