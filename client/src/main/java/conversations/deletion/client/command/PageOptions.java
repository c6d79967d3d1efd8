package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.view.Screen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that say which pages of a list are shown. */
final class PageOptions {

  @Option(names = "--limit", paramLabel = "N", description = "How many entries a page has at most.")
  private Integer limit;

  @Option(
      names = "--next-token",
      paramLabel = "TOKEN",
      description = "The page that follows the one that gave this token.")
  private String nextToken;

  @Option(
      names = "--all",
      description = "All pages, one after the other; with --json, one page to a line.")
  private boolean all;

  /**
   * Shows the page, or all pages.
   *
   * @param filters query parameters that filter the list
   * @param request fetches a page
   * @param lines shows a page to people
   */
  void show(
      Screen screen,
      Map<String, Optional<String>> filters,
      Function<Map<String, String>, ApiAnswer> request,
      Function<ApiAnswer, List<String>> lines) {
    Optional<String> token = Optional.ofNullable(nextToken);
    do {
      ApiAnswer page = request.apply(query(filters, token));
      token = page.nextToken();
      Optional<String> next = token;
      screen.show(page.text(), () -> withMore(lines.apply(page), next));
    } while (all && token.isPresent());
  }

  private Map<String, String> query(Map<String, Optional<String>> filters, Optional<String> token) {
    HashMap<String, String> query = new HashMap<String, String>();
    filters.forEach((name, value) -> value.ifPresent(text -> query.put(name, text)));
    if (limit != null) {
      query.put("limit", limit.toString());
    }
    token.ifPresent(text -> query.put("nextToken", text));
    return query;
  }

  private List<String> withMore(List<String> lines, Optional<String> token) {
    if (all || token.isEmpty()) {
      return lines;
    }
    ArrayList<String> more = new ArrayList<>(lines);
    more.add("There are more: give --all, or --next-token=" + token.get());
    return more;
  }
}
