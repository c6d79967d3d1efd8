package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.PreviewedConversation;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.PreviewText;
import conversations.deletion.client.view.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "conversations",
    description = {
      "Lists a job's conversations with their outcomes: what was deleted of each, and why the others",
      "were not. Of a preview, it lists what a job would delete."
    })
final class Conversations implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private PageOptions pages;

  @Parameters(paramLabel = "JOB", description = "Id of the job, or of a preview (cdp-...).")
  private String id;

  Conversations(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      if (id.startsWith("cdp-")) {
        show(query -> service.previewedConversations(id, query), Conversations::previewed);
      } else {
        show(query -> service.conversations(id, query), Conversations::lines);
      }
      return ExitStatus.OK.code();
    }
  }

  private void show(
      Function<Map<String, String>, ApiAnswer> request, Function<ApiAnswer, List<String>> lines) {
    pages.show(deletions.screen(), Map.of(), request, lines);
  }

  private static List<String> previewed(ApiAnswer page) {
    List<PreviewedConversation> conversations = page.previewedConversations();
    return conversations.isEmpty()
        ? List.of("No conversations are listed.")
        : PreviewText.table(conversations);
  }

  private static List<String> lines(ApiAnswer page) {
    List<JsonNode> conversations = page.array("conversations");
    if (conversations.isEmpty()) {
      return List.of("No conversations are known.");
    }
    Table table =
        new Table(
            "CONVERSATION", "OUTCOME", "RECORDS DELETED", Table.ATTACHMENTS_DELETED, "REASON");
    conversations.forEach(
        conversation ->
            table.add(
                conversation.path("conversationId").asText(),
                conversation.path("outcome").asText(),
                conversation.path("recordsDeleted").asText(),
                conversation.path("attachmentsDeleted").asLong(),
                conversation.path("reason").asText()));
    return table.linesWithoutEmpty(Table.ATTACHMENTS_DELETED);
  }
}
