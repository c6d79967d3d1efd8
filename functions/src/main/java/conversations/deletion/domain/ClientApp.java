package conversations.deletion.domain;

/**
 * A registered client app.
 *
 * @param id its id, the {@code appId} of its tokens
 * @param credentials what its tokens are checked with
 * @param enabled whether its tokens are accepted
 * @param requiresJti whether each of its tokens is good only once; the {@code jti} tells its tokens
 *     apart
 * @param grants what it may do, with which bot
 */
public record ClientApp(
    ClientAppId id, Credentials credentials, boolean enabled, boolean requiresJti, Grants grants) {}
