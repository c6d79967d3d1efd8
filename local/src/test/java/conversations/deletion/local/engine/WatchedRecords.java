package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records that let a test do something at their reads and deletes. */
final class WatchedRecords extends RecordsDecorator {

  private Consumer<ConversationId> beforeRead = _ -> {};
  private Consumer<List<RecordId>> beforeDelete = _ -> {};
  private Consumer<List<RecordId>> afterDelete = _ -> {};

  WatchedRecords(ConversationRecords real) {
    super(real);
  }

  /** Records whose deletes each take this long; notes when each delete started. */
  static WatchedRecords withDeletesOf(Engine engine, Duration duration, List<Instant> startedAt) {
    return new WatchedRecords(engine.records)
        .beforeDelete(_ -> startedAt.add(engine.time.instant()))
        .afterDelete(_ -> engine.time.advance(duration));
  }

  WatchedRecords beforeRead(Consumer<ConversationId> action) {
    beforeRead = action;
    return this;
  }

  WatchedRecords beforeDelete(Consumer<List<RecordId>> action) {
    beforeDelete = action;
    return this;
  }

  /** Does this once a delete took effect, before its answer arrives. */
  WatchedRecords afterDelete(Consumer<List<RecordId>> action) {
    afterDelete = action;
    return this;
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    beforeRead.accept(conversation);
    return super.read(bot, conversation, after, limit, consistency);
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    beforeDelete.accept(records);
    DeleteAnswer answer = super.delete(records);
    afterDelete.accept(records);
    return answer;
  }
}
