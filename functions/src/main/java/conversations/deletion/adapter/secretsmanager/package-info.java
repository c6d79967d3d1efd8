/** The client secrets, in AWS Secrets Manager. */
package conversations.deletion.adapter.secretsmanager;
