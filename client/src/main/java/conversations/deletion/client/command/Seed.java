package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.sample.SampleWriter;
import conversations.deletion.client.sample.SeedRequest;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import conversations.deletion.client.service.Target;
import conversations.deletion.domain.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(name = "seed", description = "Writes sample conversations of a channel user with a bot.")
final class Seed implements Callable<Integer> {

  private static final int MOST = 10_000;

  private final Deletions deletions;

  @Option(names = "--bot", paramLabel = "BOT", description = "The bot.")
  private String bot;

  @Option(
      names = "--user",
      paramLabel = "CID",
      description = "The channel user; a new one by default.")
  private String user = "u-" + UUID.randomUUID();

  @Option(
      names = "--conversations",
      paramLabel = "N",
      description = "How many conversations, 1 to 10000; 5 by default.")
  private int conversations = 5;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records of each, with its header, 1 to 10000; 20 by default.")
  private int records = 20;

  @Option(
      names = "--started-at",
      paramLabel = "TIMESTAMP",
      description = "When they began, such as 2026-05-04T09:30:00Z; a day ago by default.")
  private Instant startedAt;

  @Option(
      names = "--yes-these-are-sample-records",
      description = "Required with --stack, as the sample records go into the stack's table.")
  private boolean consent;

  Seed(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    if (conversations < 1 || conversations > MOST || records < 1 || records > MOST) {
      throw new Failure(
          ExitStatus.USAGE,
          "--conversations and --records must be whole numbers from 1 to " + MOST,
          "Give other numbers.");
    }
    Target target = deletions.target();
    SeedRequest request =
        new SeedRequest(
            deletions.bot(Optional.ofNullable(bot), target),
            user,
            conversations,
            records,
            startedAt == null ? now().minus(Duration.ofDays(1)) : startedAt);
    ApiAnswer answer =
        switch (target) {
          case LocalTarget local -> local.controls().seed(json(request));
          case StackTarget stack -> write(request, stack);
        };
    deletions.screen().show(answer.text(), () -> lines(answer));
    return ExitStatus.OK.code();
  }

  private Instant now() {
    return deletions.surroundings().clock().instant();
  }

  private static String json(SeedRequest request) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("botId", request.botId())
        .put("cId", request.cId())
        .put("conversations", request.conversations())
        .put("recordsEach", request.recordsEach())
        .put("startedAt", request.startedAt().toString())
        .toString();
  }

  private ApiAnswer write(SeedRequest request, StackTarget stack) {
    if (!consent) {
      throw new Failure(
          ExitStatus.USAGE,
          "This would write %d sample records into the table of stack %s"
              .formatted((long) conversations * records, stack.name()),
          "To confirm it, give --yes-these-are-sample-records.");
    }
    if (stack.parameters().containsKey("ExistingRecordsTable")) {
      throw new Failure(
          ExitStatus.REFUSED,
          "The records of stack %s are in a table that existed before it".formatted(stack.name()),
          "Sample records go only into a table that the stack made. Use another stack.");
    }
    try (DynamoDbClient dynamoDb = stack.aws().dynamoDb()) {
      List<String> ids =
          new SampleWriter(
                  dynamoDb,
                  stack.output("ConversationRecordsTable"),
                  stack.output("ChannelUsersTable"),
                  deletions.surroundings().clock(),
                  now().toEpochMilli())
              .seed(request);
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      ids.forEach(document.putArray("conversationIds")::add);
      return new ApiAnswer(document.toString(), document, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitStatus.USAGE, e.getMessage(), "Give another --started-at.", e);
    }
  }

  private List<String> lines(ApiAnswer answer) {
    ArrayList<String> lines = new ArrayList<String>();
    lines.add(
        "Channel user %s has %s of %s each:"
            .formatted(
                user, Amount.of(conversations, "conversation"), Amount.of(records, "record")));
    answer.json().path("conversationIds").forEach(id -> lines.add(id.asText()));
    return lines;
  }
}
