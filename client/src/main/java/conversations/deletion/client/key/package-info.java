/** What client apps sign with, kept in files that none but their owner can read. */
package conversations.deletion.client.key;
