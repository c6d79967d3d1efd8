package conversations.deletion.simulation;

import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.application.port.Previews;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewCounts;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewProgress;
import conversations.deletion.domain.PreviewState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Completed previews, with lists of small chunks. */
final class MemoryPreviews implements PreviewLists, Previews {

  private static final int CHUNK = 3;

  private final Map<PreviewId, Preview> previews = new HashMap<>();
  private final Map<PreviewId, List<PreviewChunk>> lists = new HashMap<>();

  /** Adds a preview that lists these. */
  PreviewId add(BotId bot, ClientAppId app, List<ConversationId> conversations, Instant now) {
    PreviewId id = PreviewId.of(bot, app, "preview-" + previews.size());
    List<PreviewChunk> chunks = new ArrayList<>();
    for (int from = 0; from < conversations.size(); from += CHUNK) {
      chunks.add(
          new PreviewChunk(
              chunks.size() + 1,
              conversations.subList(from, Math.min(from + CHUNK, conversations.size())).stream()
                  .map(one -> PreviewConversation.unread(one, Optional.empty()).whole(false))
                  .toList()));
    }
    PreviewCounts counts =
        chunks.stream().map(PreviewChunk::counts).reduce(PreviewCounts.NONE, PreviewCounts::plus);
    PreviewState state =
        PreviewState.SUBMITTED
            .progressed(
                new PreviewProgress(
                    counts, PreviewCounts.NONE, chunks.size(), Optional.empty(), true))
            .ended(Optional.empty(), now, Duration.ofDays(1));
    lists.put(id, chunks);
    previews.put(
        id, new Preview(bot, id, app, new ListedConversations(), now, state, Optional.empty()));
    return id;
  }

  @Override
  public Optional<Preview> find(BotId bot, PreviewId preview) {
    return Optional.ofNullable(previews.get(preview)).filter(one -> one.bot().equals(bot));
  }

  @Override
  public Optional<PreviewChunk> find(PreviewId preview, int number) {
    return lists.get(preview).stream().filter(one -> one.number() == number).findFirst();
  }

  @Override
  public List<ConversationId> asked(Preview preview) {
    throw new UnsupportedOperationException("no preview is worked on here");
  }

  @Override
  public void forEachId(Preview preview, Consumer<ConversationId> consumer) {
    throw new UnsupportedOperationException("no preview is worked on here");
  }

  @Override
  public PreviewPage page(Preview preview, ConversationPosition from, int limit) {
    throw new UnsupportedOperationException("nobody lists a preview here");
  }
}
