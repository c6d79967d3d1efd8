package conversations.deletion.local.console;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.template.QueueDefinition;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Reads the depths of the template's queues, and the messages of queues that move none on.
 *
 * <p>In SQS the only way to look at a message is to receive it, and that counts. A queue with a
 * redrive policy moves a message to its dead-letter queue after too many receives. There, looking
 * would take deliveries from the off-peak function. So only the depth of such a queue is shown.
 */
final class Queues {

  private static final int MOST_MESSAGES = 10;

  /** The end of the names of attributes that are moments. */
  private static final String MOMENT = "Timestamp";

  /**
   * How many messages a queue holds.
   *
   * @param movesAfter the number of receives after which a message goes to the dead-letter queue;
   *     null if none goes there, so that messages can be looked at
   */
  record Depth(
      String id, String name, int waiting, int inFlight, int delayed, Integer movesAfter) {}

  /**
   * A message that was looked at.
   *
   * @param json the body as JSON on many lines; null if it is no JSON object
   * @param attributes those of SQS, with moments in UTC
   * @param fromSender the sender's attributes
   */
  record SeenMessage(
      String id,
      String body,
      String json,
      Map<String, String> attributes,
      Map<String, String> fromSender) {}

  private record Queue(QueueDefinition definition, String url) {}

  private final SqsClient sqs;
  private final List<Queue> queues;

  Queues(AwsClients clients, List<QueueDefinition> definitions) {
    this.sqs = clients.sqs();
    Provisioning provisioning = new Provisioning(clients);
    this.queues =
        definitions.stream()
            .map(definition -> new Queue(definition, provisioning.queueUrl(definition.name())))
            .toList();
  }

  List<Depth> depths() {
    return queues.stream().map(this::depth).toList();
  }

  /**
   * Receives up to ten messages, which stay in the queue. Each then counts as received once more.
   *
   * @return empty if there is no such queue, or if looking at it is not free
   */
  Optional<List<SeenMessage>> look(String id) {
    return queues.stream()
        .filter(queue -> queue.definition().logicalId().equals(id))
        .filter(queue -> queue.definition().redrive().isEmpty())
        .findFirst()
        .map(this::look);
  }

  private List<SeenMessage> look(Queue queue) {
    return sqs
        .receiveMessage(
            request ->
                request
                    .queueUrl(queue.url())
                    .maxNumberOfMessages(MOST_MESSAGES)
                    .visibilityTimeout(0)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages()
        .stream()
        .map(Queues::seen)
        .toList();
  }

  private static SeenMessage seen(Message message) {
    TreeMap<String, String> attributes = new TreeMap<>(message.attributesAsStrings());
    attributes.replaceAll((name, value) -> name.endsWith(MOMENT) ? moment(value) : value);
    TreeMap<String, String> fromSender = new TreeMap<>();
    message.messageAttributes().forEach((name, value) -> fromSender.put(name, text(value)));
    return new SeenMessage(
        message.messageId(),
        message.body(),
        ReadableJson.object(message.body()).map(ReadableJson::laidOut).orElse(null),
        attributes,
        fromSender);
  }

  /** SQS writes a moment in milliseconds since 1970. */
  private static String moment(String milliseconds) {
    try {
      return Instant.ofEpochMilli(Long.parseLong(milliseconds)).toString();
    } catch (NumberFormatException _) {
      // It is no number, so it is shown as it is.
      return milliseconds;
    }
  }

  private static String text(MessageAttributeValue value) {
    return value.binaryValue() == null
        ? value.stringValue()
        : "%s, %d bytes, in Base64: %s"
            .formatted(
                value.dataType(),
                value.binaryValue().asByteArrayUnsafe().length,
                Base64.getEncoder().encodeToString(value.binaryValue().asByteArrayUnsafe()));
  }

  private Depth depth(Queue queue) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(
                request ->
                    request
                        .queueUrl(queue.url())
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
            .attributes();
    return new Depth(
        queue.definition().logicalId(),
        queue.definition().name(),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
        queue.definition().redrive().map(QueueDefinition.Redrive::maxReceiveCount).orElse(null));
  }

  private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Integer.parseInt(attributes.getOrDefault(name, "0"));
  }
}
