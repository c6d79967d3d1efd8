package conversations.deletion.local.api;

import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.PreviewSubmissions;
import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewProgress;
import conversations.deletion.domain.PreviewRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Previews in memory. Each is completed as soon as it is stored, and lists what was asked about.
 */
final class InMemoryPreviews implements PreviewSubmissions, Previews, PreviewLists {

  private record Stored(Preview submitted, Preview completed, PreviewChunk chunk) {}

  private final Map<PreviewRef, Stored> previews = new LinkedHashMap<>();

  @Override
  public Preview submit(Preview preview, List<ConversationId> listed, Instant sweepAt) {
    PreviewChunk chunk =
        new PreviewChunk(
            1,
            listed.stream()
                .map(id -> PreviewConversation.unread(id, Optional.empty()).whole(false))
                .toList());
    PreviewProgress progress =
        new PreviewProgress(
            PreviewCounts.NONE, chunk.counts(), listed.isEmpty() ? 0 : 1, Optional.empty(), true);
    Preview completed =
        preview.with(
            preview
                .state()
                .progressed(progress)
                .ended(Optional.empty(), preview.submittedAt(), Duration.ofDays(1)));
    Stored before = previews.putIfAbsent(preview.ref(), new Stored(preview, completed, chunk));
    return before == null ? preview : before.submitted();
  }

  @Override
  public Optional<Preview> find(BotId bot, PreviewId preview) {
    return Optional.ofNullable(previews.get(new PreviewRef(bot, preview))).map(Stored::completed);
  }

  @Override
  public PreviewPage page(Preview preview, ConversationPosition from, int limit) {
    List<PreviewConversation> all = previews.get(preview.ref()).chunk().conversations();
    int first = from.chunk() == 1 ? Math.min(from.index(), all.size()) : all.size();
    int last = Math.min(first + limit, all.size());
    return new PreviewPage(
        all.subList(first, last),
        last < all.size() ? Optional.of(new ConversationPosition(1, last)) : Optional.empty());
  }

  @Override
  public List<ConversationId> asked(Preview preview) {
    throw new UnsupportedOperationException("no preview is worked on here");
  }

  @Override
  public Optional<PreviewChunk> find(PreviewId preview, int number) {
    throw new UnsupportedOperationException("no job is worked on here");
  }

  @Override
  public void forEachId(Preview preview, Consumer<ConversationId> consumer) {
    throw new UnsupportedOperationException("no preview is worked on here");
  }
}
