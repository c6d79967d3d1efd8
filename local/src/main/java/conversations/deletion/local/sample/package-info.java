/**
 * Conversations that look like a bot platform's, their way into the tables, and a census of them.
 */
package conversations.deletion.local.sample;
