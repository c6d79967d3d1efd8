package conversations.deletion.application.mail;

import conversations.deletion.domain.BotId;

/** Keeps the e-mails to one owner within a number. Safe for use by several threads. */
@FunctionalInterface
public interface MailLimit {

  /**
   * Counts an e-mail to an address, unless the limit is reached. No bot can use up the limit for
   * the other bots of its owner.
   *
   * @return how many more may be sent after it; negative if it may not be sent
   */
  int leftAfter(String address, BotId bot);
}
