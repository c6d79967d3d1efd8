package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.demo.Cast.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Has a preview made, shows what it counts and lists, and checks that by the platform's count. */
final class PreviewScene {
  private static final Set<String> OPEN = Set.of("queued", "in_progress");
  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Api api;
  private final Screen screen;
  private final Checks checks;
  private final String previews;

  /** Takes the path of the bot's previews. */
  PreviewScene(Api api, Screen screen, Checks checks, String previews) {
    this.api = api;
    this.screen = screen;
    this.checks = checks;
    this.previews = previews;
  }

  /**
   * Plays it.
   *
   * @param expected what the preview should list, in this order
   * @param stock what is there
   * @return the preview's id
   */
  String play(JsonNode request, List<Part> expected, Stock stock) throws InterruptedException {
    Reply accepted = api.post(previews, request);
    checks.same("preview, answer", 202, accepted.status());
    String previewId = accepted.text("previewId");
    String path = previews + "/" + previewId;
    checks.that("preview has a Location", accepted.header("Location").endsWith(path));
    untilItEnds(path);
    counted(api.get(path), expected, stock);
    listed(api.poll(path + "/conversations").body().path("conversations"), expected, stock);
    return previewId;
  }

  private void untilItEnds(String path) throws InterruptedException {
    Instant end = Instant.now().plus(LONGEST);
    do {
      Thread.sleep(BETWEEN_POLLS);
    } while (OPEN.contains(api.poll(path).text("status")) && Instant.now().isBefore(end));
  }

  private void counted(Reply preview, List<Part> expected, Stock stock) {
    checks.same("preview, status", "completed", preview.text("status"));
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("conversations", expected.size());
    counts.put("records", stock.records(expected) - stock.retained(expected));
    counts.put("attachments", stock.attachments(expected));
    counts.put("retained", stock.retained(expected));
    counts.put("open", 0);
    counts.put("failing", 0);
    counts.put("notFound", 0);
    JsonNode result = preview.body().path("result");
    counts.forEach(
        (count, right) -> checks.same("preview, " + count, right, result.path(count).asInt(-1)));
  }

  private void listed(JsonNode list, List<Part> expected, Stock stock) {
    List<String> fields = List.of("conversationId", "startedAt", "records", "attachments", "bytes");
    screen.line("The conversations that it lists:");
    List<List<String>> rows = new ArrayList<>();
    list.forEach(one -> rows.add(fields.stream().map(field -> one.path(field).asText()).toList()));
    screen.table(fields, rows);
    screen.line("");
    checks.that(
        "preview lists these conversations by their start, with their records and attachments",
        rows.stream()
            .map(row -> List.of(row.get(0), row.get(2), row.get(3)))
            .toList()
            .equals(expected.stream().map(part -> listed(part, stock)).toList()));
  }

  private static List<String> listed(Part part, Stock stock) {
    List<Part> one = List.of(part);
    return List.of(
        part.conversationId(),
        Integer.toString(stock.records(one) - stock.retained(one)),
        Integer.toString(stock.attachments(one)));
  }
}
