/**
 * Takes censuses of the conversation records, to compare the records before and after, and puts
 * attachments into the bucket.
 */
package conversations.deletion.local.sample;
