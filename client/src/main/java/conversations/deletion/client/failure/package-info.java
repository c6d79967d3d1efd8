/** Failures, with the remedy for each, and the exit status that follows. */
package conversations.deletion.client.failure;
