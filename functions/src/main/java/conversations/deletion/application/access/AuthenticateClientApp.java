package conversations.deletion.application.access;

import conversations.deletion.application.port.ClientApps;
import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.PublicKeys;
import conversations.deletion.application.port.Tokens;
import conversations.deletion.application.port.Tokens.Claims;
import conversations.deletion.application.port.Tokens.Token;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.VerifiedToken;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out which client app a token speaks for, and whether it proves that. */
public final class AuthenticateClientApp {

  private static final int MAX_TOKEN_LENGTH = 8 * 1024;

  /** The grants travel with every request, so their number is bounded. */
  private static final int MAX_BOTS = 100;

  private final Tokens tokens;
  private final ClientApps clientApps;
  private final VerificationKeys keys;
  private final TokenRules rules;
  private final InstantSource clock;

  public AuthenticateClientApp(
      Tokens tokens,
      ClientApps clientApps,
      ClientSecrets secrets,
      PublicKeys publicKeys,
      TokenRules rules,
      InstantSource clock) {
    this.tokens = tokens;
    this.clientApps = clientApps;
    this.keys = new VerificationKeys(secrets, publicKeys);
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Decides whether to accept a token.
   *
   * @param text what the caller sent; may be anything
   */
  public Authentication authenticate(String text) {
    if (text == null || text.isEmpty()) {
      return Refused.of(Refusal.NO_TOKEN);
    }
    if (text.length() > MAX_TOKEN_LENGTH) {
      return Refused.of(Refusal.TOO_LONG);
    }
    Optional<Token> token = tokens.read(text);
    if (token.isEmpty()) {
      return Refused.of(Refusal.MALFORMED);
    }
    Optional<Registration> registration = clientApps.find(token.get().claims().clientApp());
    if (registration.isEmpty()) {
      return Refused.of(Refusal.UNKNOWN_CLIENT_APP);
    }
    List<String> faults = registration.get().faults();
    return registration
        .get()
        .clientApp()
        .map(clientApp -> judge(token.get(), clientApp, faults))
        .orElseGet(
            () ->
                new Refused(
                    Refusal.UNFIT_CLIENT_APP,
                    Optional.of(token.get().claims().clientApp()),
                    faults));
  }

  private Authentication judge(Token token, ClientApp clientApp, List<String> faults) {
    Optional<ClientAppId> id = Optional.of(clientApp.id());
    if (!clientApp.enabled()) {
      return new Refused(Refusal.DISABLED, id, faults);
    }
    if (clientApp.grants().scopes().size() > MAX_BOTS) {
      return new Refused(
          Refusal.TOO_MANY_BOTS, id, with(faults, "scopes: more than %d bots".formatted(MAX_BOTS)));
    }
    return switch (keys.verify(token, clientApp)) {
      case VerificationKeys.Unusable(Refusal why, String fault) ->
          new Refused(why, id, with(faults, fault));
      case VerificationKeys.WrongSignature _ -> new Refused(Refusal.WRONG_SIGNATURE, id, faults);
      case VerificationKeys.Signed _ -> {
        Optional<Refusal> refusal = rules.findRefusal(token.claims(), clientApp, clock.instant());
        yield refusal.isPresent()
            ? new Refused(refusal.get(), id, faults)
            : authenticated(clientApp, token.claims(), faults);
      }
    };
  }

  private static List<String> with(List<String> faults, String another) {
    List<String> all = new ArrayList<>(faults);
    all.add(another);
    return List.copyOf(all);
  }

  private Authenticated authenticated(ClientApp clientApp, Claims claims, List<String> faults) {
    return new Authenticated(
        clientApp,
        new VerifiedToken(
            clientApp.id(),
            rules.goodUntil(claims, clock.instant()),
            claims.jti().filter(_ -> clientApp.requiresJti()).map(JtiDigest::of)),
        faults);
  }

  /** The result of an authentication. */
  public sealed interface Authentication {}

  /**
   * The token speaks for this client app.
   *
   * @param faults what is wrong with the client app's registration all the same, for operators
   */
  public record Authenticated(ClientApp clientApp, VerifiedToken token, List<String> faults)
      implements Authentication {}

  /**
   * The token is not accepted.
   *
   * @param why for operators; the caller is not told
   * @param clientApp the registered client app that the token claims to speak for, rightly or not
   * @param faults what is wrong with the client app's registration, for operators
   */
  public record Refused(Refusal why, Optional<ClientAppId> clientApp, List<String> faults)
      implements Authentication {

    private static Refused of(Refusal why) {
      return new Refused(why, Optional.empty(), List.of());
    }
  }

  /** Why a token is not accepted. */
  public enum Refusal {
    NO_TOKEN,
    TOO_LONG,
    MALFORMED,
    UNKNOWN_CLIENT_APP,
    UNFIT_CLIENT_APP,
    DISABLED,
    TOO_MANY_BOTS,
    NO_SECRET,
    WEAK_SECRET,
    UNREADABLE_KEY,
    WEAK_KEY,
    WRONG_CURVE,
    WRONG_SIGNATURE,
    WRONG_AUDIENCE,
    NO_EXPIRY,
    EXPIRED,
    NOT_YET_VALID,
    NO_ISSUE_TIME,
    ISSUED_IN_FUTURE,
    TOO_OLD,
    TAKEN_BACK,
    NO_JTI;

    /** The code by which operators know it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
