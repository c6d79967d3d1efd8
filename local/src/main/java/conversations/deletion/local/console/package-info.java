/** One page about what runs on this machine, in place of the AWS console. */
package conversations.deletion.local.console;
