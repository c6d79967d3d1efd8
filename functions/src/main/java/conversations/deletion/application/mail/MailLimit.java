package conversations.deletion.application.mail;

import conversations.deletion.domain.BotId;

/** Keeps the e-mails to one owner within a number. Safe for use by several threads. */
@FunctionalInterface
public interface MailLimit {

  /**
   * Counts an e-mail to an address, unless the limit is reached; tells whether it may be sent. No
   * bot can use up the limit for the other bots of its owner.
   */
  boolean admits(String address, BotId bot);
}
