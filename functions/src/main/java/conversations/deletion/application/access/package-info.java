/** Who may call: tokens and their keys, tokens that are good once, rate limits. */
package conversations.deletion.application.access;
