/** The commands: each reads its options, does one thing and shows what came of it. */
package conversations.deletion.client.command;
