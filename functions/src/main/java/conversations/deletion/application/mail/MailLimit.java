package conversations.deletion.application.mail;

/** Keeps the e-mails to one owner within a number. Safe for use by several threads. */
@FunctionalInterface
public interface MailLimit {

  /** Counts an e-mail to an address, unless the limit is reached; tells whether it may be sent. */
  boolean admits(String address);
}
