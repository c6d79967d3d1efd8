/** A census of the conversation records, to compare what is there with what was. */
package conversations.deletion.local.sample;
