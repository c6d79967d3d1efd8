package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Command(
    name = "redrive",
    description = {
      "Moves the messages of the dead-letter queue back into the deletion queue.",
      "The next run returns foreign messages to the dead-letter queue."
    })
final class Redrive implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Deletions deletions;

  Redrive(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    Target target = deletions.target();
    try (SqsClient sqs = target.aws().sqs()) {
      String from =
          attribute(sqs, target.output("DeletionDeadLetterQueue"), QueueAttributeName.QUEUE_ARN);
      String to = attribute(sqs, target.output("DeletionQueue"), QueueAttributeName.QUEUE_ARN);
      // The destination is named, as SQS knows none for messages that were sent there directly.
      sqs.startMessageMoveTask(task -> task.sourceArn(from).destinationArn(to));
      show(ended(sqs, from));
    }
    return ExitStatus.OK.code();
  }

  private ListMessageMoveTasksResultEntry ended(SqsClient sqs, String source) {
    while (true) {
      ListMessageMoveTasksResultEntry task =
          sqs.listMessageMoveTasks(request -> request.sourceArn(source)).results().getFirst();
      switch (task.status()) {
        case "COMPLETED" -> {
          return task;
        }
        case "RUNNING", "CANCELLING" -> deletions.surroundings().pause().pause(BETWEEN_LOOKS);
        default ->
            throw new Failure(
                ExitStatus.REFUSED,
                "Moving ended as %s: %s".formatted(task.status(), task.failureReason()),
                "The other messages are still in the dead-letter queue. Run the command again.");
      }
    }
  }

  private void show(ListMessageMoveTasksResultEntry task) {
    Long moved = task.approximateNumberOfMessagesMoved();
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("messagesMoved", moved);
    deletions
        .screen()
        .show(
            document.toString(),
            () ->
                List.of(
                    moved == 0
                        ? "The dead-letter queue was empty."
                        : "%d messages were moved; the next run receives them.".formatted(moved)));
  }

  private static String attribute(SqsClient sqs, String queueUrl, QueueAttributeName name) {
    return sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(name))
        .attributes()
        .get(name);
  }
}
