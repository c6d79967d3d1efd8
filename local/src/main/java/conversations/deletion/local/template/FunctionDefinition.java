package conversations.deletion.local.template;

import java.time.Duration;
import java.util.Map;

/** A function as the template deploys it, with its environment resolved to the resources here. */
public record FunctionDefinition(
    String logicalId,
    String name,
    String arn,
    String handler,
    Duration timeout,
    int memoryMb,
    Map<String, String> environment) {}
