/** The operators' log, as lines of JSON that CloudWatch Logs can search. */
package conversations.deletion.adapter.log;
