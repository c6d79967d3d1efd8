package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.PreviewedConversation;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.ProgressBar;
import conversations.deletion.client.view.Screen;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Reads the whole list of a preview, however long it is, and keeps the largest conversations. */
final class LargestConversations {

  private static final int MOST_OF_A_PAGE = 100;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);

  private static final Comparator<PreviewedConversation> BY_SIZE =
      Comparator.comparingLong(PreviewedConversation::bytes)
          .thenComparing(PreviewedConversation::conversationId, Comparator.reverseOrder());

  private final Function<Map<String, String>, ApiAnswer> request;
  private final Screen screen;
  private final Pause pause;
  private final Patience patience = new Patience();

  /**
   * The largest conversations of a list.
   *
   * @param request fetches a page
   */
  LargestConversations(
      Function<Map<String, String>, ApiAnswer> request, Screen screen, Pause pause) {
    this.request = request;
    this.screen = screen;
    this.pause = pause;
  }

  /**
   * Reads the list and keeps this many. It waits where the bot's budget of requests is spent.
   *
   * @param total how many conversations the list has
   * @return the largest first
   * @throws Failure if the service refuses, or several requests in a row fail
   */
  List<PreviewedConversation> find(int most, long total) {
    PriorityQueue<PreviewedConversation> kept = new PriorityQueue<>(BY_SIZE);
    boolean isBarShown = false;
    try {
      long read = 0;
      Optional<String> token = Optional.empty();
      do {
        ApiAnswer page = page(token);
        List<PreviewedConversation> listed = page.previewedConversations();
        listed.forEach(conversation -> keep(conversation, kept, most));
        read += listed.size();
        token = page.nextToken();
        if (screen.terminal().rewrites() && (isBarShown || token.isPresent())) {
          screen.redraw(new ProgressBar(screen.terminal()).listLine(read, total));
          isBarShown = true;
        }
      } while (token.isPresent());
    } finally {
      if (isBarShown) {
        screen.tell("");
      }
    }
    return kept.stream().sorted(BY_SIZE.reversed()).toList();
  }

  private static void keep(
      PreviewedConversation conversation, PriorityQueue<PreviewedConversation> kept, int most) {
    kept.add(conversation);
    if (kept.size() > most) {
      kept.remove();
    }
  }

  private ApiAnswer page(Optional<String> token) {
    HashMap<String, String> query = new HashMap<>();
    query.put("limit", String.valueOf(MOST_OF_A_PAGE));
    token.ifPresent(text -> query.put("nextToken", text));
    while (true) {
      try {
        ApiAnswer page = request.apply(query);
        patience.answered();
        return page;
      } catch (Failure e) {
        if (!patience.bears(e)) {
          throw e;
        }
        pause.pause(e.retryAfter().orElse(BETWEEN_TRIES));
      }
    }
  }
}
