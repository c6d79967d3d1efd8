/** The e-mail that tells a bot's owner that a job has ended. */
package conversations.deletion.application.mail;
