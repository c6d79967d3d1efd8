package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A token whose signature and claims were found good.
 *
 * @param clientApp the client app that it speaks for
 * @param goodUntil the moment from which it is no longer accepted
 * @param goodOnce the digest by which it is marked as used; present if the client app's tokens are
 *     good only once
 */
public record VerifiedToken(
    ClientAppId clientApp, Instant goodUntil, Optional<JtiDigest> goodOnce) {}
