/** Deletes records in full batches, as fast as the table takes them. */
package conversations.deletion.application.pool;
