/** Reads and writes JSON, with the copy of jackson-core that the AWS SDK brings along. */
package conversations.deletion.json;
