package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A token whose signature and claims were found good.
 *
 * @param clientApp the client app that it speaks for
 * @param goodUntil from when on it is no longer accepted
 * @param goodOnce by what it is known as used, where the client app's tokens are good once
 */
public record VerifiedToken(
    ClientAppId clientApp, Instant goodUntil, Optional<JtiDigest> goodOnce) {}
