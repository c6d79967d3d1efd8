/** The commands. Each reads its options, does one thing and shows the result. */
package conversations.deletion.client.command;
