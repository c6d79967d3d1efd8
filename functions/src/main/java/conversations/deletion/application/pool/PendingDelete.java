package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords.RecordId;

/** A record that is still to be deleted, and how often that was tried. */
record PendingDelete(DeleteOrder order, DeletePartition partition, RecordId record, int attempts) {

  PendingDelete triedAgain() {
    return new PendingDelete(order, partition, record, attempts + 1);
  }
}
