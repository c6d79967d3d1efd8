package conversations.deletion.simulation;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;

final class MemoryRecordsTest extends RecordsContract {

  private static final int LARGEST_PAGE = 2;

  private final MemoryRecords records =
      new MemoryRecords(() -> Instant.EPOCH, Lags.NONE, LARGEST_PAGE);

  @Override
  protected ConversationRecords records() {
    return records;
  }

  @Override
  protected void write(BotId ofBot, ConversationId conversation, RecordHead record) {
    records.write(ofBot, conversation, record);
  }

  @Override
  protected void writeHeader(
      BotId ofBot, ConversationId conversation, RecordHead header, String startedAt) {
    records.writeHeader(ofBot, conversation, header, startedAt, 1);
  }

  @Override
  protected void writeRetained(BotId ofBot, ConversationId conversation, RecordHead record) {
    records.writeRetained(ofBot, conversation, record);
  }
}
