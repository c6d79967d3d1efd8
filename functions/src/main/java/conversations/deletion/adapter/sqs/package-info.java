/** The queue, in SQS. */
package conversations.deletion.adapter.sqs;
