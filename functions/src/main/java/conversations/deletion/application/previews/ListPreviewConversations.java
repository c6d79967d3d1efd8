package conversations.deletion.application.previews;

import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.PreviewLists.PreviewPage;
import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewStatus;
import java.time.InstantSource;
import java.util.Optional;

/** Lists the conversations of a preview, page by page. */
public final class ListPreviewConversations {

  /** The most conversations of one page. */
  public static final int MAX_PAGE_SIZE = 100;

  private final Previews previews;
  private final PreviewLists lists;
  private final InstantSource clock;

  public ListPreviewConversations(Previews previews, PreviewLists lists, InstantSource clock) {
    this.previews = previews;
    this.lists = lists;
    this.clock = clock;
  }

  /**
   * Reads one page of a preview of a bot.
   *
   * @param from the place where the page begins
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   * @throws IllegalArgumentException if the page is not possible
   */
  public Result list(BotId bot, PreviewId id, ConversationPosition from, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("no such page: " + limit + " conversations");
    }
    Optional<Preview> preview = previews.find(bot, id);
    if (preview.isEmpty()) {
      return new Unknown();
    }
    if (preview.get().state().hasExpired(clock.instant())) {
      return new Expired();
    }
    return preview.get().state().status() == PreviewStatus.COMPLETED
        ? new Page(lists.page(preview.get(), from, limit))
        : new NotCompleted();
  }

  /** The result of a listing. */
  public sealed interface Result {}

  /** A page. */
  public record Page(PreviewPage page) implements Result {}

  /** The bot has no such preview. */
  public record Unknown() implements Result {}

  /** It has not ended, or it has failed. */
  public record NotCompleted() implements Result {}

  /** It can be read no more. */
  public record Expired() implements Result {}
}
