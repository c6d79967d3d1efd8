package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "change-log", description = "Shows the bot's change log, newest first.")
final class ChangeLog implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "Only entries from this UTC day or timestamp on.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Only entries up to this UTC day or timestamp.")
  private String to;

  @Option(names = "--page", paramLabel = "N", description = "Number of the page, from 0.")
  private Integer page;

  @Option(names = "--limit", paramLabel = "N", description = "How many entries a page has at most.")
  private Integer limit;

  ChangeLog(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      ApiAnswer answer = service.changeLog(query());
      deletions.screen().show(answer.text(), () -> lines(answer));
      return ExitStatus.OK.code();
    }
  }

  private Map<String, String> query() {
    HashMap<String, String> query = new HashMap<String, String>();
    put(query, "startDate", from);
    put(query, "endDate", to);
    put(query, "offset", page);
    put(query, "limit", limit);
    return query;
  }

  private static void put(Map<String, String> query, String name, Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
  }

  private static List<String> lines(ApiAnswer answer) {
    List<JsonNode> entries = answer.array();
    if (entries.isEmpty()) {
      return List.of("No entries.");
    }
    Table table = new Table("AT", "BY", "MESSAGE");
    entries.forEach(
        entry ->
            table.add(
                entry.path("createdOn").asText(),
                entry.path("userId").path("_id").asText(),
                entry.path("message").asText()));
    return table.lines();
  }
}
