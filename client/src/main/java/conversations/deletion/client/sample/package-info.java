/** Conversations that look like a bot platform's, and their way into the tables. */
package conversations.deletion.client.sample;
