package conversations.deletion.domain;

import java.util.HexFormat;
import java.util.Locale;

/**
 * What is limited together.
 *
 * @param kind what is counted
 * @param key whose it is; no two budgets have the same
 */
public record Budget(Kind kind, String key) {

  /** What is counted. */
  public enum Kind {
    /** The requests to a bot, but for cancels. */
    REQUESTS,
    /** The cancels of a bot's jobs. A job can be cancelled however much else is asked. */
    CANCELS,
    /** The requests of a client app that were refused, for its rights or its token. */
    REFUSALS,
    /** The e-mails to an owner. */
    MAILS
  }

  /** What is counted for a bot. Its id holds no slash, and neither does a client app's. */
  public static Budget of(Kind kind, BotId bot) {
    return switch (kind) {
      case REQUESTS -> new Budget(kind, bot.value());
      case CANCELS -> new Budget(kind, "cancels/" + bot.value());
      case REFUSALS, MAILS -> throw new IllegalArgumentException(kind + " are not a bot's");
    };
  }

  /** The requests of a client app that were refused. */
  public static Budget ofRefusals(ClientAppId clientApp) {
    return new Budget(Kind.REFUSALS, "refusals/" + clientApp.value());
  }

  /** Tells whether the key could tell of a person: a hash of an address can be guessed. */
  public boolean isPersonal() {
    return kind == Kind.MAILS;
  }

  /** The e-mails to an owner. */
  public static Budget ofMails(String address) {
    byte[] hash = Sha256.of(address.toLowerCase(Locale.ROOT));
    return new Budget(Kind.MAILS, "mails/" + HexFormat.of().formatHex(hash));
  }
}
