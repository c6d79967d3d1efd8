/** The queue of waiting jobs, in SQS. */
package conversations.deletion.adapter.sqs;
