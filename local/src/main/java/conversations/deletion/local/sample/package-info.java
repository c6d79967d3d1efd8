/**
 * Takes censuses of the conversation records and of the bucket, to compare before and after, and
 * puts attachments into the bucket.
 */
package conversations.deletion.local.sample;
