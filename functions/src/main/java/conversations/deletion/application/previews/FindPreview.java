package conversations.deletion.application.previews;

import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import java.util.Optional;

/** Looks up a preview. */
public final class FindPreview {

  private final Previews previews;

  public FindPreview(Previews previews) {
    this.previews = previews;
  }

  /**
   * Finds a preview of a bot.
   *
   * @return absent if there is none with that id, or if it belongs to another bot
   */
  public Optional<Preview> find(BotId bot, PreviewId preview) {
    return previews.find(bot, preview);
  }
}
