package conversations.deletion.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * An SQS queue.
 *
 * @param attributes as SQS's own API names them
 */
public record QueueDefinition(
    String logicalId, String name, Map<String, String> attributes, Optional<Redrive> redrive) {

  /** Where messages go that were received too often. */
  public record Redrive(String deadLetterTargetArn, int maxReceiveCount) {}
}
