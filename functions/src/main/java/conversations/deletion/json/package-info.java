/**
 * JSON as this service reads and writes it, by the copy of jackson-core that the AWS SDK brings.
 */
package conversations.deletion.json;
