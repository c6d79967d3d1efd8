/** What is written to files and to the terminal. */
package conversations.deletion.local.output;
