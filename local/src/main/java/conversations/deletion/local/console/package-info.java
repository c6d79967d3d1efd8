/** What one would look up in the AWS console, as one page about what runs on this machine. */
package conversations.deletion.local.console;
