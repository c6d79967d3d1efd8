/** What can go wrong, said so that it can be put right, and how the client then exits. */
package conversations.deletion.client.failure;
