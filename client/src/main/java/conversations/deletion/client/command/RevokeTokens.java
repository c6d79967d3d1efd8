package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.key.ClientApps;
import conversations.deletion.client.registration.TokenRevocation;
import conversations.deletion.client.service.Target;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "revoke-tokens",
    description = {
      "Takes back all tokens that a client app has issued until now.",
      "Its key stays as it is, and signs new ones."
    })
final class RevokeTokens implements Callable<Integer> {

  private final Deletions deletions;

  @Parameters(paramLabel = "ID", description = "The client app's id.")
  private String appId;

  RevokeTokens(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    ClientApps.requireId(appId);
    Target target = deletions.target();
    Instant now = deletions.surroundings().clock().instant();
    try (DynamoDbClient dynamoDb = target.aws().dynamoDb()) {
      new TokenRevocation(dynamoDb, target.output("ClientAppsTable")).revoke(appId, now);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.REFUSED, e.getMessage(), "Check the id, and --stack or --local.", e);
    }
    String moment = Timestamps.format(now);
    ObjectNode document =
        JsonNodeFactory.instance.objectNode().put("appId", appId).put("tokensNotBefore", moment);
    deletions
        .screen()
        .show(
            document.toString(),
            () ->
                List.of(
                    "Tokens of %s from before %s are refused.".formatted(appId, moment),
                    "API Gateway takes one that it remembers for up to 5 minutes more."
                        + " To end that, flush its cache: see docs/operations.md."));
    return ExitStatus.OK.code();
  }
}
