package conversations.deletion.domain;

/**
 * A registered client app.
 *
 * @param id its id, the {@code appId} of its tokens
 * @param algorithm the one algorithm its tokens are signed with (RFC 8725, section 3.1: never the
 *     token's own choice)
 * @param enabled whether its tokens are accepted
 * @param grants what it may do, with which bot
 */
public record ClientApp(
    ClientAppId id, SignatureAlgorithm algorithm, boolean enabled, Grants grants) {

  /** Algorithms that a client app can be registered with. */
  public enum SignatureAlgorithm {
    HS256
  }
}
