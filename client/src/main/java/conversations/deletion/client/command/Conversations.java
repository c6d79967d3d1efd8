package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "conversations",
    description = {
      "Lists a job's conversations with their outcomes: what was deleted of each, and why the others",
      "were not."
    })
final class Conversations implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private PageOptions pages;

  @Parameters(paramLabel = "JOB", description = "Id of the job.")
  private String jobId;

  Conversations(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      pages.show(
          deletions.screen(),
          Map.of(),
          query -> service.conversations(jobId, query),
          Conversations::lines);
      return ExitStatus.OK.code();
    }
  }

  private static List<String> lines(ApiAnswer page) {
    List<JsonNode> conversations = page.array("conversations");
    if (conversations.isEmpty()) {
      return List.of("No conversations are known.");
    }
    Table table =
        new Table("CONVERSATION", "OUTCOME", "RECORDS DELETED", Table.ATTACHMENTS, "REASON");
    conversations.forEach(
        conversation ->
            table.add(
                conversation.path("conversationId").asText(),
                conversation.path("outcome").asText(),
                conversation.path("recordsDeleted").asText(),
                conversation.path("attachmentsDeleted").asLong(),
                conversation.path("reason").asText()));
    return table.linesWithoutZeros(Table.ATTACHMENTS);
  }
}
