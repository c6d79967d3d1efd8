package conversations.deletion.local.embedded;

import java.util.List;

/** Lists the mails that a service accepted. */
@FunctionalInterface
public interface Mails {

  /** The mails accepted so far, oldest first. */
  List<Mail> mails();
}
