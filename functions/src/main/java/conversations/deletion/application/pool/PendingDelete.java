package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords.RecordId;

/**
 * A record that is still to be deleted.
 *
 * @param partition what it waits for: its conversation's, or that of a session header's index entry
 * @param ofTable its conversation's, which has to take it too
 */
record PendingDelete(
    DeleteOrder order, DeletePartition partition, DeletePartition ofTable, RecordId record) {

  boolean isWanted() {
    return order.wants(record);
  }
}
