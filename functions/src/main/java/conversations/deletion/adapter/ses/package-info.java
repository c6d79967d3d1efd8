/** The owners' e-mails, by SES. */
package conversations.deletion.adapter.ses;
