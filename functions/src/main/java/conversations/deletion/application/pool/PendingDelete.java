package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords.RecordId;

/** A record that is still to be deleted. */
record PendingDelete(DeleteOrder order, DeletePartition partition, RecordId record) {

  boolean isWanted() {
    return order.wants(record);
  }
}
