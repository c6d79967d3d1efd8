package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.BotRegistry;
import conversations.deletion.client.registration.EmailAddress;
import conversations.deletion.client.service.Target;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(name = "register-bot", description = "Registers a bot and its owner.")
final class RegisterBot implements Callable<Integer> {

  private final Deletions deletions;

  @Parameters(
      paramLabel = "BOT",
      arity = "0..1",
      description = "The bot's id; a new one by default.")
  private String botId = "st-" + UUID.randomUUID();

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The bot's name.")
  private String name;

  @Option(
      names = "--owner-email",
      required = true,
      paramLabel = "ADDRESS",
      description = "The owner's address, which gets a mail when a job has ended.")
  private String ownerEmail;

  @Option(
      names = "--owner-name",
      paramLabel = "NAME",
      description = "The owner's name; the address by default.")
  private String ownerName;

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      description = "How long the platform keeps the bot's records; 2556 (7 years) by default.")
  private int retentionDays = 2556;

  RegisterBot(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    Deletions.requireBotId(botId);
    EmailAddress.fault(ownerEmail)
        .ifPresent(
            fault -> {
              throw new Failure(
                  ExitStatus.USAGE,
                  "--owner-email is not an address that SES takes: " + fault,
                  "Give one address, such as owner@example.com.");
            });
    Target target = deletions.target();
    Bot bot =
        new Bot(
            botId,
            name,
            ownerName == null ? ownerEmail : ownerName,
            ownerEmail,
            deletions.surroundings().clock().instant(),
            retentionDays);
    try (DynamoDbClient dynamoDb = target.aws().dynamoDb()) {
      new BotRegistry(dynamoDb, target.output("BotsTable")).register(bot);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.REFUSED, e.getMessage(), "It was not changed. Give another id.", e);
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("botId", botId);
    deletions
        .screen()
        .show(
            document.toString(),
            () ->
                List.of(
                    "Bot %s is registered.".formatted(botId),
                    "Next, register a client app for it: deletions register-app --bot=" + botId));
    return ExitStatus.OK.code();
  }
}
