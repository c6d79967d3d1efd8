/** The keys of client apps, kept in files that only their owner can read. */
package conversations.deletion.client.key;
