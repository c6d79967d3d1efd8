/** Takes censuses of the conversation records, to compare the records before and after. */
package conversations.deletion.local.sample;
